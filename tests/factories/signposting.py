"""Contact records, helplines and proposals. Numbers are Ofcom's drama numbers: nobody answers them."""

from datetime import time, timedelta

import factory
from django.utils import timezone
from wagtail.models import Locale

from signposting.enums import BankHolidayRule, HoursKind
from signposting.models import (
    Area,
    ContactChange,
    ContactOpening,
    ContactRecord,
    Helpline,
    ReportRoute,
    RouteContact,
    Situation,
)
from tests.factories.letters import in_letters


class ContactRecordFactory(factory.django.DjangoModelFactory):
    """A checked record without a number, open day and night."""

    class Meta:
        model = ContactRecord

    class Params:
        checked = factory.Trait(
            verified_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10)),
            check_again_by=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=100)),
            verified_against="https://line.example/contact",
        )
        with_phone = factory.Trait(checked=True, phone="0808 157 0123")
        withdrawn = factory.Trait(
            with_phone=True,
            withdrawn_at=factory.LazyFunction(timezone.now),
            withdrawn_reason="The service has closed.",
        )

    name = factory.Sequence(lambda n: f"Line {in_letters(n)}")
    slug = factory.Sequence(lambda n: f"line-{n}")
    website = "https://www.line.example/"
    hours_kind = HoursKind.ALWAYS
    bank_holiday_rule = BankHolidayRule.OPEN

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        record = model_class(*args, **kwargs)
        record.save_agreed()
        return record


class ContactOpeningFactory(factory.django.DjangoModelFactory):
    """Monday, nine to five."""

    class Meta:
        model = ContactOpening

    contact = factory.SubFactory(ContactRecordFactory, hours_kind=HoursKind.WEEKLY)
    weekday = 0
    opens_at = time(9)
    closes_at = time(17)


class HelplineFactory(factory.django.DjangoModelFactory):
    """A live helpline for young people, with a checked number."""

    class Meta:
        model = Helpline

    contact = factory.SubFactory(ContactRecordFactory, with_phone=True)
    name = factory.Sequence(lambda n: f"Line {in_letters(n)}")
    slug = factory.Sequence(lambda n: f"line-{n}")
    run_by = "A charity"
    what_for = "For anyone under 19."
    for_young_people = True
    facts = factory.LazyFunction(lambda: ["Free", "Confidential"])
    locale = factory.LazyFunction(lambda: Locale.objects.get_or_create(language_code="en-gb")[0])


class AreaFactory(factory.django.DjangoModelFactory):
    """A live area without a number of its own."""

    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"Town {in_letters(n)}")
    slug = factory.Sequence(lambda n: f"town-{n}")
    council = factory.LazyAttribute(lambda area: f"{area.name} Council")
    council_page = factory.LazyAttribute(lambda area: f"https://www.{area.slug}.example/worried-about-a-child")
    locale = factory.LazyFunction(lambda: Locale.objects.get_or_create(language_code="en-gb")[0])


class ContactChangeFactory(factory.django.DjangoModelFactory):
    """A proposal that awaits a second person. Its proposer must be given."""

    class Meta:
        model = ContactChange

    contact = factory.SubFactory(ContactRecordFactory)
    phone = "0808 157 0456"
    checked_against = "https://line.example/contact"
    reason = "They have a new number."
    proposed_at = factory.LazyFunction(timezone.now)


class SituationFactory(factory.django.DjangoModelFactory):
    """A live situation that every audience may choose."""

    class Meta:
        model = Situation

    name = factory.Sequence(lambda n: f"Case {in_letters(n)}")
    slug = factory.Sequence(lambda n: f"case-{n}")
    words_young_people = "Something happened to me"
    words_parents = "Something happened to my child"
    words_professionals = "Something happened to a child"
    locale = factory.LazyFunction(lambda: Locale.objects.get_or_create(language_code="en-gb")[0])


class ReportRouteFactory(factory.django.DjangoModelFactory):
    """A live route for under-18s without situations. ``situations`` and ``helplines`` may be given as lists."""

    class Meta:
        model = ReportRoute

    heading = factory.Sequence(lambda n: f"Help {in_letters(n)}")
    slug = factory.Sequence(lambda n: f"help-{n}")
    for_under_18 = True
    locale = factory.LazyFunction(lambda: Locale.objects.get_or_create(language_code="en-gb")[0])

    @classmethod
    def _create(cls, model_class, *args, situations=(), helplines=(), **kwargs):
        route = model_class(*args, **kwargs)
        route.situations = situations
        route.contacts = [RouteContact(helpline=line, sort_order=place) for place, line in enumerate(helplines)]
        route.save()
        return route
