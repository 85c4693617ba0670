"""A number that is withdrawn is gone from every page at once, in each of two processes with caches of their own."""

import time

import pytest

NUMBER, LINK = "0800 1111", "tel:08001111"
# What has the number on paper can't be handed out any more.
PRINTED = {
    "/resources/assembly-slides/",
    "/resources/letter-home/",
    "/resources/make/nice-try/",
    "/resources/nice-try/",
    "/resources/press-release/",
    "/resources/what-is-normal/",
}
PEOPLE = """
from datetime import date, timedelta
from signposting import services
from signposting.models import ContactRecord
from users.models import User
one, two = User.objects.filter(groups__name="Safeguarding lead").order_by("pk")[:2]
record = ContactRecord.objects.get(slug="childline")
"""
WITHDRAW = PEOPLE + 'services.contact_withdraw(contact=record, by=one, reason="It rings out.")'
# As it was, with the day on which it was really checked.
RESTORE = (
    PEOPLE
    + """
from django.utils import timezone
record.withdrawn_at and services.contact_change_apply(
    change=services.contact_change_propose(
        contact=record, by=one, phone=record.phone, checked_against=record.verified_against, reason="It is back."
    ),
    by=two,
)
record = ContactRecord.objects.get(slug="childline")
record.verified_on, record.check_again_by = date.fromisoformat("{verified_on}"), date.fromisoformat("{check_again_by}")
record.save_agreed()
"""
)
DATES = PEOPLE + 'print("dates", record.verified_on, record.check_again_by)'


@pytest.fixture
def twin(site):
    """A second process on the same data."""
    other = site.twin()
    yield other
    other.stop()


@pytest.fixture
def withdrawn(site):
    """Withdraw Childline's number when called; put it back afterwards."""
    (dates,) = [line for line in site.manage("shell", "-v", "0", "-c", DATES).splitlines() if line.startswith("dates")]
    _word, verified_on, check_again_by = dates.split()
    yield lambda: site.manage("shell", "-v", "0", "-c", WITHDRAW)
    restore = RESTORE.format(verified_on=verified_on, check_again_by=check_again_by)
    site.manage("shell", "-v", "0", "-c", restore)


def _with_number(process, paths):
    return [path for path in paths if NUMBER in (text := process.get(path).text) or LINK in text]


def test_withdrawn_number_is_gone_from_every_page_of_every_process(site, twin, pages, withdrawn):
    carry = [path for path, answer in pages.items() if LINK in answer.text]
    assert {"/", "/young-people/", "/help/", "/help/lines/"} <= set(carry)
    for process in (site, twin):
        assert _with_number(process, carry) == carry  # each has it in its cache now
    tags = {path: twin.get(path).headers["etag"] for path in carry}
    withdrawn()
    at = time.monotonic()
    first = [NUMBER in process.get("/help/lines/").text for process in (site, twin)]
    assert (first, time.monotonic() - at < 1) == ([False, False], True)
    for process in (site, twin):
        assert _with_number(process, pages) == []
    again = {path: twin.get(path, headers={"If-None-Match": tag}).status for path, tag in tags.items()}
    assert again == {path: 410 if path in PRINTED else 200 for path in carry}
