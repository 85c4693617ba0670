"""Reading demo content: what it becomes, and that every mistake names its file."""

import pytest
from wagtail.models import Locale, Page, Site

from pages.demo.artwork.posters import HelpLine
from pages.demo.contacts import Checkers, create_missing_helplines
from pages.demo.errors import DemoContentError
from pages.demo.help_lines import help_line
from pages.demo.paper_sheets import sheet
from pages.demo.reader import read_pages, read_yaml
from pages.demo.references import References, UnknownReferenceError
from pages.demo.rich_text import RichTextError, to_rich_text
from pages.demo.tree import PageTree, SiteTakenError, clear_welcome_page, demo_home
from signposting.models import ContactRecord, Helpline
from tests.factories.signposting import ContactRecordFactory, HelplineFactory
from users.models import User

FEATURES = ["bold", "italic", "link", "document-link", "ul", "ol", "h3"]


def _rich(text: str, features=FEATURES) -> str:
    return to_rich_text(text, resolve_link=lambda href: {"href": href}, features=features)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Hello **you**", "<p>Hello <b>you</b></p>"),
        ("*Now*,\nthen", "<p><i>Now</i>, then</p>"),
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("- a\n- b **c**", "<ul><li>a</li><li>b <b>c</b></li></ul>"),
        ("1. a\n\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("### Head\n\nText", "<h3>Head</h3><p>Text</p>"),
        ("[a](https://example.org/?x=1&y=2)", '<p><a href="https://example.org/?x=1&amp;y=2">a</a></p>'),
        ("A & B", "<p>A &amp; B</p>"),
    ],
)
def test_markdown_becomes_what_an_editor_would_have_stored(markdown, html):
    assert _rich(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "features", "message"),
    [
        ("# Loud", FEATURES, "<h1> is not allowed in rich text"),
        ("![a](b.png)", FEATURES, "<img> is not allowed in rich text"),
        ("a <b>c</b>", FEATURES, "write Markdown, not HTML"),
        ("- a", ["bold"], "<ul> is not allowed here (only bold)"),
        ("[a](/b/)", ["bold"], "a link to /b/ is not allowed here (only bold)"),
    ],
)
def test_markdown_that_a_field_does_not_allow_is_refused(markdown, features, message):
    with pytest.raises(RichTextError) as caught:
        _rich(markdown, features)
    assert str(caught.value) == message


def test_links_become_references(home):
    references = References(Locale.objects.get(), {"/": home.pk})
    assert references.link("/") == {"linktype": "page", "id": str(home.pk)}
    assert references.link("/#doors") == {"href": "/#doors"}
    assert references.link("#below") == {"href": "#below"}
    assert references.link("/search/") == {"href": "/search/"}
    assert references.link("https://example.org/") == {"href": "https://example.org/"}


@pytest.mark.parametrize(
    ("destination", "message"),
    [
        ("/nowhere/", "there is no page /nowhere/"),
        ("document:none.pdf", "there is no document none.pdf"),
        ("tel:01632960111", "a link may not start with tel:, as tel:01632960111 does"),
        ("http://example.org/", "a link may not start with http:, as http://example.org/ does"),
    ],
)
def test_links_that_lead_nowhere_are_refused(home, destination, message):
    with pytest.raises(UnknownReferenceError) as caught:
        References(Locale.objects.get(), {"/": home.pk}).link(destination)
    assert str(caught.value) == message


@pytest.fixture
def empty_site(db):
    clear_welcome_page()


def _write(folder, name: str, text: str) -> None:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


HOME = "type: pages.HomePage\ntitle: Home\nslug: home\nheadline: Hello\nlead: You are not on your own.\n"
INFORMATION = "type: pages.InformationPage\ntitle: About\nslug: about\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("about", "title: [", "this isn't valid YAML"),
        ("about", "title: A\ntitle: B", "“title” is given twice"),
        ("about", "title: About\nslug: about", "words are needed in: type"),
        (
            "about",
            INFORMATION.replace("slug: about", "slug: other"),
            "the slug “other” and the name of the file differ",
        ),
        ("far/about", INFORMATION, "the page above it, /far/, has no file"),
        ("about", INFORMATION + "order: first", "order is a whole number"),
    ],
)
def test_a_file_that_is_no_page_is_refused_by_name(tmp_path, name, text, message):
    _write(tmp_path, "home", HOME)
    _write(tmp_path, name, text)
    with pytest.raises(DemoContentError) as caught:
        read_pages(tmp_path)
    assert str(tmp_path / f"{name}.yaml") in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour: red", "pages.InformationPage has no field “colour”"),
        ("path: '0001'", "the field “path” can't be set here"),
        ("summary: 12", "summary: expected words; put 12 in quotes"),
        ("last_reviewed_on: soon", "last_reviewed_on: “soon” value has an invalid date format"),
        ("social_image: none.png", "social_image: there is no image none.png"),
        ("introduction: '[a](/far/)'", "introduction: there is no page /far/"),
        ("body: [{type: text}]", "body[0]: a block has a type and a value, and nothing else"),
        ("body: [{type: shout, value: a}]", "body[0]: there is no block “shout” here"),
        ("body: [{type: callout, value: {text: a, tone: b}}]", "body[0].callout: there is no field “tone” here"),
        ("body: [{type: heading, value: 3}]", "body[0].heading: expected words; put 3 in quotes"),
        ("body: [{type: steps, value: {steps: a}}]", "body[0].steps.steps: expected a list"),
        ("body: [{type: ways, value: {urgent: /far/}}]", "body[0].ways.urgent: there is no page /far/"),
        (
            "body: [{type: helplines, value: {helplines: [none]}}]",
            "body[0].helplines.helplines[0]: there is no helpline none",
        ),
        (
            "body: [{type: key_messages, value: {messages: [{message: ''}]}}]",
            "body[0].messages[0].message: This field is required.",
        ),
    ],
)
def test_a_mistake_in_a_page_names_the_file_and_the_place(empty_site, tmp_path, text, message):
    _write(tmp_path, "home", HOME)
    _write(tmp_path, "about", INFORMATION + text)
    with pytest.raises(DemoContentError) as caught:
        PageTree(Locale.objects.get(), {}).create_missing(read_pages(tmp_path), refresh=False, quiet=True)
    assert str(caught.value).startswith(f"{tmp_path / 'about.yaml'}: {message}")


def test_pages_may_refer_to_pages_that_come_later(empty_site, tmp_path):
    _write(tmp_path, "home", HOME + "body: [{type: ways, value: {pages: [/about/]}}]")
    _write(tmp_path, "about", INFORMATION + "introduction: '[Home](/)'")
    tree = PageTree(Locale.objects.get(), {})
    assert tree.create_missing(read_pages(tmp_path), refresh=False, quiet=True) == ["/", "/about/"]
    home, about = (Page.objects.get(pk=tree.known[address]).specific for address in ("/", "/about/"))
    assert [page.pk for page in home.body[0].value["pages"]] == [about.pk]
    assert about.introduction == f'<p><a id="{home.pk}" linktype="page">Home</a></p>'
    assert (home.live, about.live, about.latest_revision_id is not None) == (True, True, True)


def test_a_page_of_another_kind_at_the_root_is_left_alone(home):
    assert demo_home().pk == home.pk
    home.delete()
    other = Page.get_first_root_node().add_child(instance=Page(title="Other", slug="other"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "a.example", "root_page": other})
    with pytest.raises(SiteTakenError):
        demo_home()


SERVICE = """
- contact: {{name: Line, slug: line, website: https://line.example/, verified: {verified}, {fields}}}
  helpline: {{run_by: A charity, what_for: Anyone., for_young_people: true}}
"""


@pytest.mark.parametrize(
    ("verified", "fields", "message"),
    [
        ("false", "phone: '01632 960111'", "line: not verified, so phone must stay empty"),
        (
            "true",
            "phone: '01632 960111'",
            "line: verified, so verified_on, verified_against, check_again_by are needed",
        ),
        ("maybe", "hours_kind: always", "line: verified is true or false"),
        ("false", "fax: '1'", "line: contact record has no field “fax”"),
    ],
)
def test_a_number_that_nobody_verified_is_refused(db, tmp_path, verified, fields, message):
    path = tmp_path / "helplines.yaml"
    path.write_text(SERVICE.format(verified=verified, fields=fields))
    checkers = Checkers(*(User.objects.create_user(f"{name}@example.org") for name in ("one", "two")))
    with pytest.raises(DemoContentError) as caught:
        create_missing_helplines(Locale.objects.get(), checkers, path)
    assert str(caught.value) == f"{path}: {message}"


LED_ON = """
- contact: {{name: First, slug: first, website: https://a.example/, verified: false, next_contact: {first}}}
  helpline: {{run_by: A charity, what_for: Anyone., for_young_people: true, no_answer: They call back.}}
- contact: {{name: Second, slug: second, website: https://b.example/, verified: false, next_contact: {second}}}
  helpline: {{run_by: A charity, what_for: Anyone., for_young_people: true}}
"""


def test_a_record_may_lead_on_to_one_further_down(db, tmp_path):
    path = tmp_path / "helplines.yaml"
    path.write_text(LED_ON.format(first="second", second=""))
    checkers = Checkers(*(User.objects.create_user(f"{name}@example.org") for name in ("one", "two")))
    create_missing_helplines(Locale.objects.get(), checkers, path)
    assert Helpline.objects.get(slug="first").no_answer == "They call back."
    assert list(ContactRecord.objects.values_list("slug", "next_contact__slug")) == [
        ("first", "second"),
        ("second", None),
    ]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("third", "", "first.next_contact: there is no contact “third”"),
        (
            "second",
            "first",
            "second: next_contact: That leads round in a ring: First sends people back here. Choose another record.",
        ),
    ],
)
def test_a_record_that_leads_nowhere_is_refused(db, tmp_path, first, second, message):
    path = tmp_path / "helplines.yaml"
    path.write_text(LED_ON.format(first=first, second=second))
    checkers = Checkers(*(User.objects.create_user(f"{name}@example.org") for name in ("one", "two")))
    with pytest.raises(DemoContentError) as caught:
        create_missing_helplines(Locale.objects.get(), checkers, path)
    assert str(caught.value) == f"{path}: {message}"


def test_a_file_prints_a_number_only_while_its_check_stands(db):
    shown = HelplineFactory(slug="shown", name="Line", contact=ContactRecordFactory(with_phone=True))
    assert help_line("shown", "Talk to {name}") == HelpLine("Talk to Line", shown.contact.phone, shown.what_for)
    HelplineFactory(slug="hidden", name="Other", contact=ContactRecordFactory(website="https://www.other.example/x"))
    assert help_line("hidden", "{name}").contact == "other.example"
    assert help_line("none", "{name}") is None


def test_the_same_sheet_is_made_from_the_same_words(db):
    assert sheet("band") == sheet("band")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DemoContentError, match="there is no such file"):
        read_yaml(tmp_path / "none.yaml")
