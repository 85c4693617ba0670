"""Organisations."""

import factory
from wagtail.models import Locale

from partners.enums import OrganisationKind
from partners.models import Organisation
from tests.factories.letters import in_letters


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A charity without a logo."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Partner {in_letters(n)}")
    kind = OrganisationKind.CHARITY
    website = "https://www.partner.example/"
    role = "Runs the week of action"
    locale = factory.LazyFunction(lambda: Locale.objects.get_or_create(language_code="en-gb")[0])
