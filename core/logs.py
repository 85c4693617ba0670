"""Logging without visitors."""

import ipaddress
import logging
import re
import traceback
from collections.abc import Iterator

# A query in an address, up to the next space: what isn't encoded may hold any other character.
_QUERY = re.compile(r"\?\S*")
_ADDRESS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?![\w.])")
# What opens a partner link or an order stands in its path: whoever can read it can open it too.
_SECRET = re.compile(r"(/partner/|/order/(?:confirm|track|return)/)[^/\s]+", re.IGNORECASE)
# What Django says of a form from elsewhere holds the address of that place.
_ELSEWHERE = re.compile(r"((?:Origin|Referer) checking failed) - .* does not match any trusted origins\.", re.DOTALL)
_OWN_HEADERS = ("REMOTE_ADDR", "REMOTE_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT", "HTTP_REFERER")


class VisitorDataFilter(logging.Filter):
    """Lets every record through, without query string, address, agent or the secret of a partner link or an order.

    The request is taken off the record, and so are the words of an exception, whoever raised it: they may hold what a
    visitor typed, and a database that refuses a row quotes it. Its kind and the lines of code it passed through stay.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record. Always true."""
        request = record.__dict__.pop("request", None)
        record.msg, record.args = _without_visitor(_message(record, request), request), ()
        _leave_out_words_of_error(record)
        return True


class ServerFilter(logging.Filter):
    """The same for gunicorn's log, which quotes what it can't read, and from which address it came."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record. Always true."""
        message = record.getMessage()
        said = next((start for start in ("Invalid request", "Error handling request") if message.startswith(start)), "")
        record.msg, record.args = said or _without_visitor(message, None), ()
        _leave_out_words_of_error(record)
        return True


def _message(record: logging.LogRecord, request: object) -> str:
    """What the record says; of a request that was refused as a danger, only its path: the reason quotes the request."""
    if record.name == "django.security.csrf":
        return _ELSEWHERE.sub(r"\1", record.getMessage())
    if record.name.startswith("django.security.") and request is not None:
        path = request.path.encode("unicode_escape").decode("ascii")  # as Django writes it: one line stays one line
        return f"Refused: {path}"
    return record.getMessage()


def _leave_out_words_of_error(record: logging.LogRecord) -> None:
    if record.exc_info and record.exc_info[1]:
        record.exc_text, record.exc_info = "".join(_trace(record.exc_info[1])).rstrip(), None


def _without_visitor(message: str, request: object) -> str:
    for header in _OWN_HEADERS:
        value = getattr(request, "META", {}).get(header)
        if value:
            message = message.replace(value, "-")
    message = _SECRET.sub(r"\1-", _QUERY.sub("", message))
    return _ADDRESS.sub(_hidden_if_address, message)


def _hidden_if_address(found: re.Match) -> str:
    try:
        ipaddress.ip_address(found.group())
    except ValueError:
        return found.group()
    return "-"


def _trace(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _trace(before)
        yield "\nThen:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__} (its words are left out)\n"
