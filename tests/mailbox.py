"""A real SMTP server that takes the mail of a test, and may refuse it."""

import threading
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from tests.served import free_port


class Mailbox:
    """Takes mail, after answering with ``replies`` as long as there are some."""

    def __init__(self):
        self.taken = []
        self.tries = []
        self.replies = []
        self.recipient_replies = []
        self.meanwhile = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if self.recipient_replies:
            return self.recipient_replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        mail = message_from_bytes(envelope.content)
        self.tries.append(mail)
        if self.meanwhile is not None:
            thread = threading.Thread(target=self.meanwhile)
            thread.start()
            thread.join()
        if self.replies:
            return self.replies.pop(0)
        self.taken.append(mail)
        return "250 OK"


@pytest.fixture
def mailbox(settings):
    """What the site sends arrives here."""
    handler = Mailbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield handler
    controller.stop()
