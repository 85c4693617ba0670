"""The library as a visitor asks it: filters, their numbers, words, order, pages, and addresses that make no sense."""

import html
import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from resources import ordering_source
from resources.due import refresh_words
from resources.enums import ResourceKind
from resources.filters import LibraryFilters
from resources.library import Library
from resources.models import ResourceIndexPage, ResourcePage, ResourcePrint, ResourceUse, Withdrawal
from resources.search_words import search_text_refresh, words_folded
from signposting.models import ContactRecord
from tests.factories.pages import site_with_home
from tests.factories.resources import (
    PackIndexPageFactory,
    PackPageFactory,
    ResourceFileFactory,
    ResourceIndexPageFactory,
    ResourcePageFactory,
    TopicFactory,
)
from tests.factories.signposting import ContactRecordFactory

pytestmark = pytest.mark.django_db

WITH_TITLE = re.compile(r'<h3 class="t-h3"><a href="[^"]+">([^<]+)</a></h3>')


@pytest.fixture(autouse=True)
def index() -> ResourceIndexPage:
    """A library below the home page of a site."""
    return ResourceIndexPageFactory(parent=site_with_home(), title="Resources", heading="Take it. Print it.")


def _page(query: str = "", status: int = 200) -> str:
    response = Client().get(f"/resources/{query}", follow=True)
    assert response.status_code == status, response.content.decode()[:300]
    return response.content.decode()


def _titles(query: str = "") -> list[str]:
    return [html.unescape(title) for title in WITH_TITLE.findall(_page(query))]


def _library(index: ResourceIndexPage, query: str = "") -> Library:
    return Library(index, LibraryFilters.from_query(QueryDict(query)))


def _numbers(index: ResourceIndexPage, query: str = "") -> dict[str, dict[str, int]]:
    """What stands at the end of each line, by group."""
    groups = _library(index, query).groups
    return {group.name: {choice.value: choice.count for choice in group.choices} for group in groups}


@pytest.fixture
def several():
    """Posters and a leaflet of different people, topics and languages."""
    help_topic, law = TopicFactory(name="Getting help", slug="help"), TopicFactory(name="The law", slug="law")

    def make(title, kind, audiences, topics, languages):
        fields = {f"for_{audience}": audience in audiences for audience in ("young_people", "parents", "professionals")}
        resource = ResourcePageFactory(title=title, kind=kind, **fields)
        resource.topics.set(topics)
        resource.save()
        for language in languages:
            ResourceFileFactory(page=resource, language=language)
        return resource

    make("Nice try", ResourceKind.POSTER, ["young_people"], [help_topic], ["en-gb", "pl"])
    make("Be the one", ResourceKind.POSTER, ["parents"], [help_topic, law], ["en-gb"])
    make("Both of us", ResourceKind.LEAFLET, ["young_people", "parents"], [law], ["cy"])
    make("Words only", ResourceKind.NEWSLETTER_COPY, ["professionals"], [], [])


ALL = {"Nice try", "Be the one", "Both of us", "Words only"}
TITLES = {
    "": ALL,
    "?for=young": {"Nice try", "Both of us"},
    "?for=young&for=pro": {"Nice try", "Both of us", "Words only"},
    "?for=young&kind=poster": {"Nice try"},
    "?kind=poster&kind=leaflet": {"Nice try", "Be the one", "Both of us"},
    "?topic=help": {"Nice try", "Be the one"},
    "?topic=help&topic=law&for=parent": {"Be the one", "Both of us"},
    "?language=pl&language=cy": {"Nice try", "Both of us"},
    "?get=download": {"Nice try", "Be the one", "Both of us"},
    "?get=order": set(),
    "?q=&kind=&utm_source=newsletter&fbclid=abc&page=1&sort=newest": ALL,
}


def test_values_of_a_group_are_alternatives_and_groups_agree(several):
    assert {query: set(_titles(query)) for query in TITLES} == TITLES


def test_numbers_say_what_each_line_would_show(several, index):
    everything = {
        "for": {"young": 2, "parent": 2, "pro": 1},
        "kind": {"poster": 2, "leaflet": 1, "newsletter_copy": 1},
        "topic": {"help": 2, "law": 2},
        "language": {"en-gb": 2, "pl": 1, "cy": 1},
        "get": {"download": 3, "order": 0},
    }
    assert _numbers(index) == everything


def test_a_group_s_own_choice_does_not_narrow_its_numbers(several, index):
    assert _numbers(index, "for=young&kind=poster") == {
        "for": {"young": 1, "parent": 1, "pro": 0},
        "kind": {"poster": 1, "leaflet": 1},
        "topic": {"help": 1},
        "language": {"en-gb": 1, "pl": 1},
        "get": {"download": 1, "order": 0},
    }
    assert _numbers(index, "topic=law&language=en-gb") == {
        "for": {"young": 0, "parent": 1, "pro": 0},
        "kind": {"poster": 1},
        "topic": {"help": 2, "law": 1},
        "language": {"en-gb": 1, "cy": 1},
        "get": {"download": 1, "order": 0},
    }


QUERIES = [
    "",
    "for=parent",
    "kind=poster&language=cy&language=pl",
    "topic=law",
    "q=poster",
    "for=young&kind=leaflet&topic=law&get=download",
]


def test_numbers_are_those_of_the_lists_they_lead_to(several, index):
    """What a line promises with nothing else of its group chosen is what its list then holds."""
    groups = ("for", "kind", "topic", "language", "get")
    without = {
        (query, group): "&".join(part for part in query.split("&") if part and not part.startswith(f"{group}="))
        for query in QUERIES
        for group in groups
    }
    numbers = {kept: _numbers(index, kept) for kept in set(without.values())}
    promised = {
        f"{kept}&{group}={value}": number
        for (_query, group), kept in without.items()
        for value, number in numbers[kept].get(group, {}).items()
    }
    assert {query: _library(index, query).total for query in promised} == promised


def test_order_printed_is_offered_once_something_knows_of_orders(several, index, monkeypatch):
    monkeypatch.setattr(ordering_source, "_sources", [])
    assert _numbers(index)["get"] == {"download": 3}
    stocked = ResourcePage.objects.filter(Q(title="Nice try") | Q(title="Words only"))
    ordering_source.order_source(lambda: stocked.order_by().values("pk"))
    assert _numbers(index)["get"] == {"download": 3, "order": 2}
    assert set(_titles("?get=order")) == {"Nice try", "Words only"}
    assert set(_titles("?get=order&get=download&for=pro")) == {"Words only"}
    page = re.sub(r"\s+", " ", _page("?get=order"))
    assert ("Download or order" in page, "</svg> Order </p>" in page) == (True, True)


FOUND = {
    "comeback": ["Nice try"],
    "COMEBACK laugh": ["Nice try"],
    "comeback lamp": [],
    "cafe": ["Café talk"],
    "CAFÉ": ["Café talk"],
    "e-mail signature": ["Café talk"],
    "email signatures": [],
    "safer sleepover": ["Café talk"],
    "notonyourown": ["Café talk"],
    "#NotOnYourOwn": ["Café talk"],
    "don’t wait": ["Café talk"],
    "dont wait": ["Café talk"],
    "100%": [],
    "_": ["Café talk", "Nice try"],
}


def _titles_with(words: str) -> list[str]:
    return _titles("?" + QueryDict.fromkeys(["q"], words, mutable=True).urlencode())


def test_every_word_has_to_occur():
    ResourcePageFactory(title="Nice try", summary="A comeback and a laugh.", published_on=date(2026, 1, 1))
    talk = ResourcePageFactory(title="Café talk", kind=ResourceKind.EMAIL_SIGNATURE, published_on=date(2026, 2, 1))
    talk.topics.set([TopicFactory(name="Safer sleepovers")])
    talk.texts = [("copy", {"title": "Post", "text": "Don't wait.", "hashtags": "#NotOnYourOwn"})]
    talk.save()
    assert {words: _titles_with(words) for words in FOUND} == FOUND


def test_words_are_found_by_a_topic_s_new_name():
    topic = TopicFactory(name="Money")
    resource = ResourcePageFactory(title="Nice try")
    resource.topics.set([topic])
    resource.save()
    topic.name = "Online blackmail"
    topic.save()
    assert (_titles("?q=blackmail"), _titles("?q=money")) == (["Nice try"], [])


@pytest.fixture
def letter():
    """A letter whose own title and summary say little."""
    topic = TopicFactory(name="Online blackmail", also_called="nudes, sexting, sextortion")
    letter = ResourcePageFactory(
        title="A letter home",
        search_description="For tutors.",
        picture_in_words="Two columns on cream.",
        body=[("text", "<p>Put it on your <b>own</b> paper.</p>")],
        texts=[("copy", {"title": "Mail", "subject": "Before half-term", "text": "Ask.", "alt_text": "An envelope"})],
    )
    letter.topics.set([topic])
    letter.prints.add(ResourcePrint(contact=ContactRecordFactory(name="Night line", phone="0808 157 0123")))
    letter.save()
    ResourcePageFactory(title="Other")
    return letter


WORDS_OF_THE_LETTER = [
    "nudes",
    "nude",
    "Sexting",
    "sextortion",
    "own paper",
    "cream columns",
    "half-term",
    "envelope",
    "tutors",
    "night line",
    "0808 157 0123",
    "08081570123",
    "letter nudes",
]


def test_resource_is_found_by_all_its_words_and_what_its_topics_are_also_called(letter):
    found = {words: _titles_with(words) for words in WORDS_OF_THE_LETTER}
    assert found == {words: ["A letter home"] for words in WORDS_OF_THE_LETTER}


def test_clock_lets_old_rows_be_found_by_what_changed_beside_them(letter):
    ContactRecord.objects.update(name="Day line")
    ResourcePage.objects.update(search_text="poster")
    assert _titles("?q=nudes") == []
    refresh_words(timezone.now())
    assert (_titles("?q=nudes"), _titles("?q=day+line")) == (["A letter home"], ["A letter home"])
    assert search_text_refresh(ResourcePage.objects.all()) == 0


def test_words_are_folded():
    assert words_folded("  Ĉu ŝi DON’T  e‑mail,\tÜbung?") == "cu si dont email ubung"


def test_newest_version_comes_first_and_most_used_when_asked():
    old = ResourcePageFactory(title="Old", published_on=date(2026, 1, 1))
    ResourcePageFactory(title="New", published_on=date(2026, 3, 1))
    middle = ResourcePageFactory(title="Middle", published_on=date(2026, 2, 1))
    ResourceUse.objects.create(resource_key=old.translation_key, downloads=9)
    ResourceUse.objects.create(resource_key=middle.translation_key, downloads=4)
    assert _titles() == ["New", "Middle", "Old"]
    assert _titles("?sort=most_used") == ["Old", "Middle", "New"]


def test_list_has_pages_that_keep_what_is_asked():
    for number in range(30):
        ResourcePageFactory(title=f"Poster {number}", published_on=date(2026, 1, 1) + timedelta(days=number))
    first, second = _titles("?for=young&sort=newest"), _titles("?for=young&page=2")
    assert first == [f"Poster {number}" for number in range(29, 5, -1)]
    assert second == [f"Poster {number}" for number in range(5, -1, -1)]
    page = html.unescape(_page("?for=young&q=poster&utm_source=x"))
    (older,) = re.findall(r'<a href="([^"]+)" rel="next">', page)
    assert parse_qs(urlsplit(older).query) == {"for": ["young"], "q": ["poster"], "page": ["2"]}
    assert "Page 1 of 2" in page
    assert _titles("?for=young&page=99") == second


def test_chosen_filters_are_links_that_take_one_away(several):
    page = html.unescape(_page("?for=young&for=parent&kind=poster&q=nice"))
    chips = re.findall(r'<a class="chip" href="([^"]+)">([^<]+) <span', page)
    assert [(label, parse_qs(urlsplit(href).query)) for href, label in chips] == [
        ("“nice”", {"for": ["young", "parent"], "kind": ["poster"]}),
        ("Young people", {"q": ["nice"], "for": ["parent"], "kind": ["poster"]}),
        ("Parents and carers", {"q": ["nice"], "for": ["young"], "kind": ["poster"]}),
        ("Poster", {"q": ["nice"], "for": ["young", "parent"]}),
    ]
    assert "(3 on)" in page


def test_marks_alone_are_no_search(several):
    for words in ("!!!", "…", "#", " "):
        page = _page("?" + QueryDict.fromkeys(["q"], words, mutable=True).urlencode())
        assert (words, "4 resources" in page, 'class="chip"' in page) == (words, True, False)


CLEAN = {
    "?q=&kind=": (302, "/resources/"),
    "?q=&kind=poster&for=": (302, "/resources/?kind=poster"),
    "?q=&utm_source=mail": (302, "/resources/?utm_source=mail"),
    "?for=young&for=&for=pro": (302, "/resources/?for=young&for=pro"),
    "?kind=poster": (200, None),
}


def test_address_keeps_nothing_that_a_form_left_empty(several):
    responses = {query: Client().get(f"/resources/{query}") for query in CLEAN}
    assert {query: (each.status_code, each.headers.get("Location")) for query, each in responses.items()} == CLEAN


def test_links_that_take_everything_away_lead_to_the_library_itself(several):
    page = _page("?kind=poster")
    assert '<a class="chip" href="/resources/">Poster' in page
    assert '<a href="/resources/" aria-current="true">Newest' in _page()


def test_words_that_are_too_many_stay_in_the_form(several):
    words = " ".join(["abc"] * 50)
    page = _page(f"?q={words.replace(' ', '+')}", status=400)
    assert f'value="{words}"' in page
    assert "That is a lot of words. Keep the most important ones." in page
    assert '<form class="filters-form" action="/resources/" method="get"' in page


def test_library_leads_to_the_packs(several, index):
    assert "to-packs" not in _page()
    packs = PackIndexPageFactory(parent=index, title="Partner packs", summary="One for each.")
    assert "to-packs" not in _page()
    PackPageFactory(parent=packs, slug="school", title="The school pack", summary="Posts and letters.")
    page = _page()
    assert '<a class="to-packs forward" href="/resources/packs/">' in page
    assert "<b>Partner packs</b> One for each." in page
    assert "packs-found" not in page


def test_search_for_a_pack_leads_to_the_packs(several, index):
    packs = PackIndexPageFactory(parent=index)
    PackPageFactory(parent=packs, slug="school", title="The school pack", summary="Posts and letters.")
    PackPageFactory(parent=packs, title="Early", embargoed_until=timezone.now() + timedelta(days=1))
    way = re.compile(r'<a class="way forward" href="([^"]+)"><span><b class="t-h3">([^<]+)</b>')
    found = {words: way.findall(_page(f"?q={words}")) for words in ("pack", "packs", "school+pack", "toolkit")}
    assert found == {words: [("/resources/packs/school/", "The school pack")] for words in found}


def test_nothing_that_fits_says_what_to_do(several):
    page = _page("?for=pro&kind=poster")
    assert "Nothing here fits all of that. Take one of the choices away, or start again." in page
    assert '<a class="button" href="/resources/">Show all resources</a>' in page
    assert "0 resources" in page


def test_empty_library_says_so():
    assert "Nothing here yet. Posters, lessons and posts will be." in _page()


SENSELESS = [
    "?kind=wizard",
    "?for=everyone",
    "?for=young&for=nobody",
    "?topic=no-such-topic",
    "?topic=%27%3B--",
    "?language=klingon",
    "?get=stolen",
    "?sort=best",
    "?page=two",
    "?page=0",
    "?page=-1",
    "?page=1.5",
    "?page=" + "9" * 5000,
    "?page=%D9%A1",
    "?kind=" + "a" * 10_000,
    "?topic=" + "a" * 10_000,
    "?language=" + "a" * 10_000,
    "?q=" + "a" * 10_000,
    "?q=" + "a+" * 101,
    "?q=%00nude",
    "?kind=%00",
    "?topic=law%00",
    "?kind=poster%0d%0aSet-Cookie:a",
]


def test_address_that_asks_for_what_there_is_not_is_a_plain_400(several):
    for query in SENSELESS:
        response = Client().get(f"/resources/{query}", follow=True)
        page = response.content.decode()
        told = {
            "status": response.status_code,
            "heading": "<h1>We can’t show that list</h1>" in page,
            "way out": '<a class="button" href="/resources/">Show all resources</a>' in page,
            "noindex": '<meta name="robots" content="noindex">' in page,
        }
        assert (query, told) == (query, {"status": 400, "heading": True, "way out": True, "noindex": True})


def test_the_same_value_a_thousand_times_counts_once(several):
    assert _titles("?" + "&".join(["kind=poster"] * 1000)) == _titles("?kind=poster")
    _page("?" + "&".join(f"topic=t{number}" for number in range(1000)), status=400)


def test_filtered_lists_are_not_for_search_engines_and_name_the_library_as_theirs(several):
    canonical = '<link rel="canonical" href="http://localhost/resources/">'
    noindex = '<meta name="robots" content="noindex">'
    for query in ("", "?utm_source=x"):
        page = _page(query)
        assert (canonical in page, noindex in page) == (True, False)
    for query in ("?for=young", "?sort=most_used", "?q=nice", "?page=2"):
        page = _page(query)
        assert (canonical in page, noindex in page) == (True, True)


def test_form_is_plain_get_and_keeps_the_order(several):
    page = _page("?sort=most_used&kind=poster&q=n")
    assert '<form class="filters-form" action="/resources/" method="get"' in page
    assert '<input type="hidden" name="sort" value="most_used">' in page
    assert '<input type="checkbox" name="kind" value="poster" checked>' in page
    assert '<input type="checkbox" name="kind" value="leaflet"> ' in page
    assert "csrf" not in page


def test_list_holds_what_may_be_handed_out_in_its_own_language(index):
    ResourcePageFactory(title="Shown")
    ResourcePageFactory(title="Draft", live=False)
    ResourcePageFactory(title="Early", embargoed_until=timezone.now() + timedelta(hours=1))
    ResourcePageFactory(title="Over", valid_until=timezone.localdate() - timedelta(days=1))
    gone = ResourcePageFactory(title="Withdrawn")
    Withdrawal.objects.create(resource_key=gone.translation_key, reason="Old.", withdrawn_at=timezone.now())
    ResourcePageFactory(title="Dangos", locale=Locale.objects.create(language_code="cy"))
    ResourcePageFactory(title="Elsewhere", parent=ResourceIndexPageFactory(parent=index.get_parent(), slug="other"))
    assert _titles() == ["Shown"]
    assert _numbers(index)["for"] == {"young": 1, "parent": 0, "pro": 0}
    assert _library(index).total == 1


def test_heading_breaks_between_its_sentences(index):
    assert index.sentences == ["Take it.", "Print it."]
    assert ResourceIndexPage(title="Resources").sentences == ["Resources"]
