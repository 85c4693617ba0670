"""Artwork that partners put their place on: what it may say, who may change it, and what publishing does."""

import html
import re
from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.images import get_image_model

from core.enums import Audience
from pages.demo.cobranding import artwork_fields
from resources import pdf_reading, rendering
from resources.artwork import FIELDS, REQUIRED, Artwork, styles_check
from resources.artwork_samples import missing_errors
from resources.enums import PaperSize
from resources.exceptions import ArtworkError
from resources.models import CobrandTemplate
from resources.proofs import proof_errors
from resources.sheets import Placed, SheetLine, SheetNumbers, sheet_fields
from tests.factories.cobranding import MARKUP, MESSAGE, SHEETS, STYLES, CobrandTemplateFactory
from tests.factories.signposting import AreaFactory, ContactRecordFactory, HelplineFactory
from tests.resources.sheet_reading import words_of
from users.models import User

pytestmark = pytest.mark.django_db

NEEDED = " ".join(f"{{{{ {name} }}}}" for name in REQUIRED)
MENU = "for a place where a menu answers, at night somebody else"
TYPED = "looks like a telephone number. A sheet gets its numbers from contact records alone."


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
@pytest.mark.parametrize(
    ("branch", "where"),
    [
        ("{{% if {name} %}}a{{% endif %}}", "for a place with a number, on A4"),
        ("<p title='{{{{ {name} }}}}'></p>", "for a place with a number, on A4"),
        ("{{% if paper == 'zz' %}}{{{{ {name} }}}}{{% endif %}}", "for a place with a number, on A4"),
        ("{{% if paper == 'a4' %}}{{{{ {name} }}}}{{% endif %}}", "for a place with a number, on A5"),
        ("{{% if not number %}}{{{{ {name} }}}}{{% endif %}}", "for a place with a number, on A4"),
        ("{{% if not place %}}{{{{ {name} }}}}{{% endif %}}", "for a place with a number, on A4"),
        ("{{% if not logo %}}{{{{ {name} }}}}{{% endif %}}", f"{MENU}, on A4"),
    ],
)  # fmt: skip
def test_artwork_shows_what_has_to_be_there_on_every_sheet(name, branch, where):
    markup = Artwork(MESSAGE + NEEDED.replace(f"{{{{ {name} }}}}", branch.format(name=name)))
    told = f"It has to show {{{{ {name} }}}} on every sheet. It is missing {where}."
    assert missing_errors(markup, MESSAGE, [PaperSize.A4, PaperSize.A5]) == [told]


def test_artwork_has_room_for_a_website_and_for_whoever_is_called():
    hidden = Artwork(MESSAGE + NEEDED.replace("{{ number }}", "{% if not number_is_long %}{{ number }}{% endif %}"))
    [told] = missing_errors(hidden, MESSAGE, [PaperSize.A4])
    assert told.endswith("It is missing without a place, with a helpline that has a website alone, on A4.")
    without_menu = Artwork(MESSAGE + NEEDED.replace("{{ number }}", "{{ number|upper }}"))
    [told] = missing_errors(without_menu, MESSAGE, [PaperSize.A4])
    assert told.endswith(f"It is missing {MENU}, on A4.")


def test_artwork_says_its_message_on_every_sheet():
    markup = Artwork(NEEDED + f"{{% if paper == 'a4' %}}{MESSAGE}{{% endif %}}")
    told = f"The message has to stand in it in the same words: {MESSAGE}"
    assert missing_errors(markup, MESSAGE, [PaperSize.A4]) == []
    assert missing_errors(markup, MESSAGE, [PaperSize.A4, PaperSize.A5]) == [told]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("<p>Or ring 01632 960000</p>", "01632 960000"),
        ("<p>Or ring <b>01632</b> 960 001</p>", "01632 960 001"),
        ("{% if place == 'x' %}07700 900123{% endif %}", "07700 900123"),
        ("<p>Ring 01632&nbsp;960&#48;00</p>", "01632 960000"),
    ],
)
def test_no_number_is_typed_into_artwork(written, number):
    with pytest.raises(ArtworkError) as refused:
        Artwork(NEEDED + written)
    assert refused.value.messages == [f"{number} {TYPED}"]


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(ArtworkError) as refused:
        Artwork("<script></script><IMG>{{ phone }}{{ colour }} 01632 960000, 01632 960001")
    assert refused.value.messages == [
        "<script> has no place in artwork.",
        "<img> has no place in artwork.",
        "There is no field {{ colour }}.",
        "There is no field {{ phone }}.",
        f"01632 960000 {TYPED}",
        f"01632 960001 {TYPED}",
    ]


@pytest.mark.parametrize("tag", ["script", "img", "iframe", "style", "link", "meta", "base", "form"])
def test_artwork_brings_nothing_in(tag):
    with pytest.raises(ArtworkError, match=f"^<{tag}> has no place in artwork"):
        Artwork(f"{NEEDED}< {tag.upper()} src=x>")


@pytest.mark.parametrize(
    "style",
    [
        "@import 'a.css';", "@font-face { src: local('a'); }", "a { background: url(https://evil.example/a.png); }",
        "a { background: url('given:logo'); }", "a { background: u\\72l(file:///etc/passwd); }",
        "a { background: url('data:image/svg+xml;base64,PHN2Zz4='); }",
    ],
)  # fmt: skip
def test_styles_reach_nowhere(style):
    with pytest.raises(ArtworkError, match="has no place in artwork"):
        styles_check(style)


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("p::after { content: 'Ring 01632 960000'; }", f"01632 960000 {TYPED}"),
        (
            'a { background: url("data:image/svg+xml,%3Csvg%3E%3Ctext%3E01632 960000%3C/text%3E%3C/svg%3E"); }',
            "Words and photographs have no place in a drawing: write them in the HTML.",
        ),
    ],
)
def test_styles_say_nothing(style, message):
    with pytest.raises(ArtworkError) as refused:
        styles_check(style)
    assert refused.value.messages == [message]


def test_artwork_escapes_what_a_partner_gives():
    made = Artwork(NEEDED).with_fields({"organisation": "<b>A & B</b>"})
    assert made.strip() == "&lt;b&gt;A &amp; B&lt;/b&gt;"


# --- The model ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"message": "Say no."}, "markup", "The message has to stand in it in the same words: Say no."),
        (
            {"markup": "{{ number"},
            "markup",
            "It has to show {{ organisation }} on every sheet. It is missing for a place with a number, on A4.",
        ),
        ({"message": "Ring 07700 900123"}, "message", f"07700 900123 {TYPED}"),
        ({"text_alternative": "It says 01632 960000."}, "text_alternative", f"01632 960000 {TYPED}"),
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


HIDDEN = {
    "body > * { display: none; }": (MESSAGE, "01632 960123", "999"),
    "h1, p { visibility: hidden; }": (MESSAGE, "01632 960123", "999"),
    "main { position: absolute; left: -900rem; }": (MESSAGE, "01632 960123", "999"),
    ".option { display: none; }": ("01632 960123 choose option 1",),
    "p:nth-of-type(1) { display: none; }": (MESSAGE,),
}


@pytest.mark.parametrize(("styles", "unread"), HIDDEN.items())
def test_artwork_whose_styles_hide_what_has_to_be_read_is_found_out(styles, unread):
    found = proof_errors(CobrandTemplateFactory(styles=STYLES + styles, paper_sizes="a5"))
    assert [told.partition("” can’t be read once it is drawn: ")[0].removeprefix("“") for told in found] == list(unread)


@pytest.mark.usefixtures("wagtails_own_queries")
def test_artwork_that_hides_its_message_is_not_published(lead):
    other = CobrandTemplateFactory()
    form = _form(other, styles=STYLES + "body > * { display: none; }", **{"action-publish": "yes"})
    page = html.unescape(lead.post(_address("add"), form).content.decode())
    assert f"“{MESSAGE}” can’t be read once it is drawn: for a place with a number, on A5. Something hides it." in page
    assert not CobrandTemplate.objects.filter(slug="nice-try").exists()


def test_artwork_is_not_proved_where_nothing_draws_it_or_others_do(settings):
    template = CobrandTemplateFactory(styles="body { display: none; }")
    settings.SHEET_WAIT_SECONDS = 0
    with rendering.sheet_slot(), rendering.sheet_slot():
        [told] = proof_errors(template)
    assert told == "It can’t be drawn to check it just now: other sheets are being made. Publish it in a minute."
    settings.SHEET_LIBRARIES = ["libpango-of-nowhere.so.0"]
    assert proof_errors(template) == []


@pytest.mark.parametrize("name", sorted(path.stem for path in SHEETS.glob("*.yaml")))
def test_the_campaigns_own_artwork_passes_every_check(name):
    content = artwork_fields(SHEETS / f"{name}.yaml")
    fields = {key: content[key] for key in content.keys() - {"resource", "target"}}
    template = CobrandTemplateFactory.build(**fields, target=CobrandTemplateFactory().target)
    template.full_clean()
    assert proof_errors(template) == []


@pytest.mark.usefixtures("wagtails_own_queries")
def test_picture_that_can_not_be_drawn_leaves_the_last_one_and_publishes_all_the_same(
    django_capture_on_commit_callbacks, settings, monkeypatch, tmp_path
):
    template = CobrandTemplateFactory(paper_sizes="a5")
    with django_capture_on_commit_callbacks(execute=True):
        template.save_revision().publish()
    template.refresh_from_db()
    last = template.preview
    settings.SHEET_WAIT_SECONDS = 0
    with rendering.sheet_slot(), rendering.sheet_slot(), django_capture_on_commit_callbacks(execute=True):
        template.save_revision().publish()
    broken = tmp_path / "first_page.py"
    broken.write_text("raise SystemExit('no page')")
    monkeypatch.setattr(pdf_reading, "_PROGRAM", broken)
    with django_capture_on_commit_callbacks(execute=True):
        template.save_revision().publish()
    template.refresh_from_db()
    assert (template.live, template.preview) == (True, last)


@pytest.mark.usefixtures("wagtails_own_queries")
def test_new_artwork_begins_as_a_copy(lead):
    template = CobrandTemplateFactory(title="Nice try", slug="nice-try", paper_sizes="a5,a4")
    page = lead.get(_address("copy", template.pk)).content.decode()
    assert 'value="Copy of Nice try"' in page
    assert 'value="nice-try-2"' in page
    assert f'href="{_address("copy", template.pk)}"' in lead.get(_address("edit", template.pk)).content.decode()
    form = _form(template, slug="nice-try-2", title="Copy of Nice try", paper_sizes=["a4", "a5"])
    lead.post(_address("copy", template.pk), form)
    copied = CobrandTemplate.objects.get(slug="nice-try-2")
    assert (copied.live, copied.preview, copied.paper_sizes) == (False, None, "a5,a4")
    template.refresh_from_db()
    assert (template.title, template.slug, template.live) == ("Nice try", "nice-try", True)


@pytest.mark.usefixtures("wagtails_own_queries")
def test_sizes_are_ticked(lead):
    template = CobrandTemplateFactory()
    page = lead.get(_address("edit", template.pk)).content.decode()
    ticked = re.findall(r'<input type="checkbox" name="paper_sizes" value="(a\d)"[^>]* checked', page)
    assert ticked == ["a3", "a4", "a5"]
    lead.post(_address("edit", template.pk), _form(template, slug=template.slug, paper_sizes=["a3", "a6"]))
    draft = CobrandTemplate.objects.get(pk=template.pk).get_latest_revision_as_object()
    assert draft.papers == [PaperSize.A3, PaperSize.A6]
    publish = {"action-publish": "yes"}
    page = html.unescape(lead.post(_address("add"), _form(template, paper_sizes=[], **publish)).content.decode())
    assert "Tick at least one size." in page


@pytest.mark.usefixtures("wagtails_own_queries")
def test_draft_is_not_drawn_while_others_are_making_sheets(lead, settings):
    settings.SHEET_WAIT_SECONDS = 0
    template = CobrandTemplateFactory()
    with rendering.sheet_slot(), rendering.sheet_slot():
        page = lead.get(_address("pdf", template.pk, "a4"), follow=True).content.decode()
    assert "other sheets are being made. Try again in a minute." in page


@pytest.mark.usefixtures("wagtails_own_queries")
def test_menu_and_list_call_it_the_same(lead):
    CobrandTemplateFactory()
    assert '"Artwork templates"' in lead.get(reverse("wagtailadmin_home")).content.decode()
    page = lead.get(_address("list")).content.decode()
    assert "Artwork templates" in page
    assert "Add artwork template" in page


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
