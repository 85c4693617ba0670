"""Artwork that partners put their place on: what it may say, who may change it, and what publishing does."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.images import get_image_model

from core.enums import Audience
from resources.artwork import FIELDS, REQUIRED, Artwork, styles_check
from resources.enums import PaperSize
from resources.exceptions import ArtworkError
from resources.models import CobrandTemplate
from resources.sheets import Placed, SheetLine, SheetNumbers, sheet_fields
from tests.factories.cobranding import MARKUP, SHEETS, STYLES, CobrandTemplateFactory
from tests.factories.signposting import AreaFactory, ContactRecordFactory, HelplineFactory
from tests.resources.sheet_reading import words_of
from users.models import User

pytestmark = pytest.mark.django_db

NEEDED = "".join(f"{{{{ {name} }}}}" for name in REQUIRED)


# --- The language of artwork --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        "{% include 'base.html' %}", "{% extends 'base.html' %}", "{% load static %}", "{% debug %}",
        "{% autoescape off %}{% endautoescape %}",
        "{% lorem 9 %}", "{% now 'Y' %}", "{% csrf_token %}", "{% url 'x' %}",
        "{% with a=number %}{% endwith %}", "{% for each in number %}{% endfor %}", "{% block a %}{% endblock %}",
    ],
)  # fmt: skip
def test_artwork_has_conditions_and_no_other_tags(tag):
    with pytest.raises(ArtworkError, match="Invalid block tag"):
        Artwork(NEEDED + tag)


@pytest.mark.parametrize("name", ["safe", "safeseq", "add", "center", "escapejs", "striptags"])
def test_artwork_has_few_filters(name):
    with pytest.raises(ArtworkError, match="Invalid filter"):
        Artwork(NEEDED + f"{{{{ organisation|{name} }}}}")


@pytest.mark.parametrize(
    "extra",
    [
        "{{ phone }}", "{% if phone %}a{% endif %}", "{% if number %}{% else %}{{ phone }}{% endif %}",
        "{{ number|default:phone }}", "{% if number == phone %}a{% endif %}",
    ],
)  # fmt: skip
def test_artwork_names_no_field_that_there_is_not(extra):
    with pytest.raises(ArtworkError, match=r"^There is no field \{\{ phone \}\}\.$"):
        Artwork(NEEDED + extra)


@pytest.mark.parametrize("name", REQUIRED)
def test_artwork_shows_what_has_to_be_there(name):
    with pytest.raises(ArtworkError, match=rf"^It has to show \{{\{{ {name} \}}\}}\.$"):
        Artwork(NEEDED.replace(f"{{{{ {name} }}}}", f"{{% if {name} %}}a{{% endif %}}"))


@pytest.mark.parametrize("tag", ["script", "img", "iframe", "style", "link", "meta", "base", "form"])
def test_artwork_brings_nothing_in(tag):
    with pytest.raises(ArtworkError, match=f"^<{tag}> has no place in artwork"):
        Artwork(f"{NEEDED}< {tag.upper()} src=x>")


@pytest.mark.parametrize(
    "style",
    [
        "@import 'a.css';", "@font-face { src: local('a'); }", "a { background: url(https://evil.example/a.png); }",
        "a { background: url('given:logo'); }", "a { background: u\\72l(file:///etc/passwd); }",
    ],
)  # fmt: skip
def test_styles_reach_nowhere(style):
    with pytest.raises(ArtworkError, match="has no place in artwork"):
        styles_check(style)


def test_artwork_escapes_what_a_partner_gives():
    made = Artwork(NEEDED).with_fields({"organisation": "<b>A & B</b>"})
    assert made == "&lt;b&gt;A &amp; B&lt;/b&gt;"


# --- The model ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"message": "Say no."}, "markup", "The message has to stand in it in the same words: Say no."),
        ({"markup": "{{ number"}, "markup", "It has to show {{ number }}."),
        ({"markup": MARKUP + "{{ phone }}"}, "markup", "There is no field {{ phone }}."),
        (
            {"styles": "@import 'a';"},
            "styles",
            "“@import” has no place in artwork: only drawings written into it as data:image/svg+xml.",
        ),
        ({"paper_sizes": "a4,letter"}, "paper_sizes", "Name each size once, of these: a3, a4, a5, a6."),
        ({"paper_sizes": "a4,a4"}, "paper_sizes", "Name each size once, of these: a3, a4, a5, a6."),
        ({"paper_sizes": ""}, "paper_sizes", "Name each size once, of these: a3, a4, a5, a6."),
    ],
)
def test_artwork_that_can_not_be_made_is_refused(fields, field, message):
    template = CobrandTemplateFactory()
    for name, value in fields.items():
        setattr(template, name, value)
    with pytest.raises(ValidationError) as refused:
        template.full_clean()
    assert refused.value.message_dict[field][-1] == message


def test_sizes_are_kept_without_spaces():
    template = CobrandTemplateFactory.build(paper_sizes=" A4, a3", target=CobrandTemplateFactory().target)
    template.full_clean()
    assert template.papers == [PaperSize.A4, PaperSize.A3]


def test_every_field_has_a_value():
    line = SheetLine(who="Childline", number="0808 157 0111", when="Day and night", checked_on=date(2026, 11, 1))
    fields = sheet_fields(CobrandTemplateFactory(), Placed(), SheetNumbers(helpline=line), PaperSize.A4, "")
    assert fields.keys() == FIELDS.keys()
    assert (fields["number"], fields["helpline_number"], fields["checked"]) == ("0808 157 0111", "", "1 November 2026")


# --- The admin ----------------------------------------------------------------------------------------------------


def _signed_in(client, role: str):
    user = User.objects.create_user(f"{role.split()[0].lower()}@example.org", "a long password")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


@pytest.fixture
def lead(client):
    return _signed_in(client, "Comms lead")


def _form(template: CobrandTemplate, **fields) -> dict:
    return {
        "title": "Nice try", "slug": "nice-try", "audience": Audience.YOUNG, "target": template.target_id,
        "resource": "",
        "message": template.message, "text_alternative": "A yellow poster.", "paper_sizes": "a5", "markup": MARKUP,
        "styles": STYLES, **fields,
    }  # fmt: skip


def _address(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_resources_cobrandtemplate:{name}", args=args)


@pytest.mark.usefixtures("wagtails_own_queries")
def test_comms_lead_writes_sees_and_publishes_artwork(lead, django_capture_on_commit_callbacks):
    HelplineFactory(name="Childline", contact__phone="0808 157 0111")
    AreaFactory(name="Lancashire", day_contact=ContactRecordFactory(with_phone=True, phone="01632 960123"))
    other = CobrandTemplateFactory()
    lead.post(_address("add"), _form(other))
    made = CobrandTemplate.objects.get(slug="nice-try")
    assert made.live is False
    assert lead.get(reverse("resources:make", args=["nice-try"])).status_code == 404
    assert _address("pdf", made.pk, "a5") in lead.get(_address("edit", made.pk)).content.decode()
    draft = lead.get(_address("pdf", made.pk, "a5"))
    assert draft.headers["Content-Type"] == "application/pdf"
    assert "Children’s services in Lancashire 01632 960123" in words_of(draft.content)
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(_address("edit", made.pk), _form(other, **{"action-publish": "yes"}))
    made.refresh_from_db()
    assert made.live is True
    assert (made.preview.width, made.preview.height, made.preview.description) == (952, 1350, "A yellow poster.")
    page = lead.get(reverse("resources:make", args=["nice-try"])).content.decode()
    assert f'src="{made.preview.get_rendition("width-720|format-webp").url}"' in page


@pytest.mark.usefixtures("wagtails_own_queries")
def test_new_picture_takes_the_place_of_the_last(django_capture_on_commit_callbacks):
    template = CobrandTemplateFactory(paper_sizes="a5")
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            CobrandTemplate.objects.get(pk=template.pk).save_revision().publish()
    assert get_image_model().objects.filter(title="Nice try").count() == 1


def test_artwork_without_what_it_is_made_with_is_published_without_a_picture(
    django_capture_on_commit_callbacks, settings
):
    settings.SHEET_LIBRARIES = ["libpango-of-nowhere.so.0"]
    template = CobrandTemplateFactory()
    with django_capture_on_commit_callbacks(execute=True):
        template.save_revision().publish()
    template.refresh_from_db()
    assert (template.live, template.preview) == (True, None)


@pytest.mark.usefixtures("wagtails_own_queries")
def test_artwork_with_another_message_is_not_saved(lead):
    template = CobrandTemplateFactory()
    page = lead.post(_address("add"), _form(template, message="Something else."))
    assert "The message has to stand in it in the same words: Something else." in page.content.decode()
    assert not CobrandTemplate.objects.filter(slug="nice-try").exists()


@pytest.mark.usefixtures("wagtails_own_queries")
@pytest.mark.parametrize("role", ["Editor", "Safeguarding lead", "Fulfilment", "Insight"])
def test_nobody_else_sees_artwork(client, role):
    template = CobrandTemplateFactory()
    other = _signed_in(client, role)
    home = reverse("wagtailadmin_home")
    assert _address("list") not in other.get(home).content.decode()
    for address in (
        _address("list"), _address("add"), _address("edit", template.pk), _address("pdf", template.pk, "a4")
    ):  # fmt: skip
        assert other.get(address).status_code in {302, 403}
        assert "Nice try" not in other.get(address).content.decode()


def test_roles_have_exactly_these_permissions():
    held = {
        group.name: sorted(
            group.permissions.filter(codename__endswith="cobrandtemplate").values_list("codename", flat=True)
        )
        for group in Group.objects.all()
    }
    assert held.pop("Comms lead") == [f"{action}_cobrandtemplate" for action in ("add", "change", "delete", "publish")]
    assert {name: codes for name, codes in held.items() if codes} == {}
    assert Permission.objects.filter(codename="publish_cobrandtemplate").count() == 1


@pytest.mark.usefixtures("wagtails_own_queries")
def test_draft_that_can_not_be_drawn_says_why(lead, settings):
    settings.SHEET_LIBRARIES = ["libpango-of-nowhere.so.0"]
    template = CobrandTemplateFactory()
    page = lead.get(_address("pdf", template.pk, "a4"), follow=True).content.decode()
    assert "It can&#x27;t be made: libpango-of-nowhere.so.0" in page
    assert lead.get(_address("pdf", template.pk, "a6")).status_code == 404


# --- The campaign's own -------------------------------------------------------------------------------------------


def test_every_file_of_artwork_is_whole():
    names = {path.stem for path in SHEETS.glob("*.yaml")}
    assert names == {path.stem for path in SHEETS.glob("*.html")}
    assert {"nice-try", "be-the-one-they-tell", "ten-calm-minutes"} == names
