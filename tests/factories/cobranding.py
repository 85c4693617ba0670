"""Artwork that partners put their place on. It is published as it is made; its page is the home page unless given."""

from pathlib import Path

import factory
from django.conf import settings

from core.enums import Audience
from pages.models import HomePage
from resources.models import CobrandTemplate
from tests.factories.pages import site_with_home

SHEETS = Path(settings.BASE_DIR) / "pages" / "demo" / "sheets"
MESSAGE = "My camera only does landscapes."
MARKUP = f"""<main><h1>Nice try.</h1><p>{MESSAGE}</p>
<p>{{{{ who }}}} {{{{ number }}}} {{{{ when }}}}</p>
{{% if night_number %}}<p>{{{{ night_when }}}} {{{{ night_number }}}}</p>{{% endif %}}
{{% if helpline_number %}}<p>{{{{ helpline }}}} {{{{ helpline_number }}}}</p>{{% endif %}}
<p>Danger: {{{{ emergency }}}}. Checked on {{{{ checked }}}}.</p>
<div>{{{{ qr }}}}</div><p>{{{{ address }}}}</p>
<p>{{{{ organisation }}}}</p>{{% if logo %}}{{{{ logo }}}}{{% endif %}}</main>"""
STYLES = """body { font: 400 3rem/1.3 Inter; } h1 { font: 800 12rem/1 "Inter Display Extra Bold"; }
svg { width: 30rem; height: 30rem; } .logo { width: 20rem; } @page { background: #ffc72b; }"""


class CobrandTemplateFactory(factory.django.DjangoModelFactory):
    """A poster for young people in three sizes."""

    class Meta:
        model = CobrandTemplate

    title = "Nice try"
    slug = factory.Sequence(lambda n: f"artwork-{n}")
    audience = Audience.YOUNG
    target = factory.LazyFunction(lambda: HomePage.objects.first() or site_with_home())
    message = MESSAGE
    text_alternative = "A yellow poster: Nice try. My camera only does landscapes."
    markup = MARKUP
    styles = STYLES
