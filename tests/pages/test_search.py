"""The site's search: help first, bounded, and nothing of what was typed is kept."""

import logging
import uuid
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import Page, PageViewRestriction
from wagtail.search.models import IndexEntry

from pages import search as searching
from pages.search import LONGEST, PAGE_SIZE, SearchState, visible_pages
from pages.search_deadline import SearchTooLongError, search_deadline
from pages.search_index import WINDOW, matching_pages, search_terms
from pages.search_promoted import phrases
from tests.factories.pages import (
    AdvicePageFactory,
    HelpSectionPageFactory,
    InformationPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.factories.signposting import ContactRecordFactory, HelplineFactory

pytestmark = pytest.mark.tasks  # the search index
ADDRESS = "/search/"


@pytest.fixture
def ask(client, home):
    """Post words and return the answer that the template was given."""

    def post(words: str, **more):
        response = client.post(ADDRESS, {"words": words, **more})
        assert response.status_code == 200
        return response.context["answer"]

    return post


def _titles(answer) -> list[str]:
    return [result.title for result in answer.results]


def _promote(term: str, *pages) -> None:
    query = Query.objects.create(query_string=term)
    for order, page in enumerate(pages):
        SearchPromotion.objects.create(query=query, page=page, sort_order=order, description=f"About {term}")


def test_search_has_its_address():
    assert reverse("pages:search") == ADDRESS


def test_getting_shows_the_form_alone_whatever_the_address_says(client, advice):
    response = client.get(f"{ADDRESS}?words=threatening&q=threatening")
    assert response.context["answer"].state == SearchState.EMPTY
    assert advice.title not in response.content.decode()
    assert response["Cache-Control"] == "no-cache"


def test_an_answer_is_kept_nowhere_and_needs_no_cookie(client, advice):
    client.handler.enforce_csrf_checks = True
    response = client.post(ADDRESS, {"words": "threatening"})
    assert _titles(response.context["answer"]) == [advice.title]
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_nothing_that_was_typed_is_stored_or_logged(ask, advice, caplog):
    caplog.set_level(logging.DEBUG)
    _promote("threatening", advice)
    before = (Query.objects.count(), QueryDailyHits.objects.count())
    ask("someone threatening zebra")
    assert (Query.objects.count(), QueryDailyHits.objects.count()) == before
    ours = [record for record in caplog.records if record.name != "django.db.backends"]
    assert [record for record in ours if "zebra" in record.getMessage()] == []


def test_other_methods_are_refused(client, home):
    assert client.put(ADDRESS).status_code == 405


@pytest.mark.parametrize("words", ["", "   ", "\x00"])
def test_no_words_are_answered_kindly(ask, words):
    answer = ask(words)
    assert (answer.state, answer.words) == (SearchState.BLANK, "")
    assert answer.error == "Type a word or two, such as “nudes” or “scared”."


def test_too_many_words_are_kept_and_not_searched(ask, advice):
    words = "threatening " + "a" * LONGEST
    answer = ask(words)
    assert (answer.state, answer.words, answer.results) == (SearchState.TOO_LONG, words, [])
    assert answer.error == "That is a lot of words. Keep the most important ones: at most 200 characters."


def test_as_many_characters_as_allowed_are_searched(ask, advice):
    words = f"threatening {'a' * (LONGEST - len('threatening '))}"
    assert len(words) == LONGEST
    assert _titles(ask(words)) == [advice.title]


@pytest.mark.parametrize("words", ["threatening", "Threats", "someone THREATENING me", "threatened?", "“threatening”"])
def test_pages_are_found_by_any_form_of_a_word(ask, advice, words):
    answer = ask(words)
    assert (answer.state, answer.total, answer.page, answer.has_more) == (SearchState.RESULTS, 1, 1, False)
    assert [(r.title, r.summary, r.url, r.audience) for r in answer.results] == [
        (advice.title, "What to do first.", "/young/threats/", "young")
    ]


def test_all_words_come_before_any_word(ask, young):
    AdvicePageFactory(parent=young, title="Lantern and harbour")
    AdvicePageFactory(parent=young, title="Lantern alone")
    assert _titles(ask("lantern harbour")) == ["Lantern and harbour"]
    assert sorted(_titles(ask("lantern xylophone"))) == ["Lantern alone", "Lantern and harbour"]


def test_a_title_counts_for_more_than_the_text(ask, young):
    AdvicePageFactory(parent=young, title="Something else", summary="Also about a lantern and more.")
    AdvicePageFactory(parent=young, title="Lantern")
    assert _titles(ask("lantern")) == ["Lantern", "Something else"]


def test_nothing_found_is_said(ask, advice):
    answer = ask("xylophone")
    assert (answer.state, answer.results, answer.total) == (SearchState.NONE, [], 0)


@pytest.mark.parametrize(
    "words", ["'", '"', "*", "title:", "a OR (", "NOT", "%s %d", "a:* & !b", "{title} : x", "–", "\\"]
)
def test_signs_of_a_query_language_are_only_words(ask, advice, words):
    assert ask(words).state in {SearchState.NONE, SearchState.RESULTS}


def test_pages_that_are_not_for_visitors_are_not_found(ask, home):
    InformationPageFactory(parent=home, title="Lantern draft", live=False)
    section = HelpSectionPageFactory(parent=home, title="Lantern shelf")
    InformationPageFactory(parent=section, title="Lantern on the shelf")
    index = NewsIndexPageFactory(parent=home)
    NewsPageFactory(parent=index, title="Lantern tomorrow", embargoed_until=timezone.now() + timedelta(days=1))
    NewsPageFactory(parent=index, title="Lantern yesterday", embargoed_until=timezone.now() - timedelta(days=1))
    private = InformationPageFactory(parent=home, title="Lantern private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert sorted(_titles(ask("lantern"))) == ["Lantern on the shelf", "Lantern yesterday"]


def test_results_come_in_pages_that_are_posted_too(ask, home):
    for number in range(PAGE_SIZE + 2):
        InformationPageFactory(parent=home, title=f"Lantern {number}")
    first, second, beyond = ask("lantern"), ask("lantern", page="2"), ask("lantern", page="99")
    assert (len(first.results), first.total, first.has_more, first.next_page) == (PAGE_SIZE, PAGE_SIZE + 2, True, 2)
    assert (len(second.results), second.page, second.has_more) == (2, 2, False)
    assert set(_titles(first)).isdisjoint(_titles(second))
    assert _titles(beyond) == _titles(second)


@pytest.mark.parametrize("page", ["", "0", "-1", "two", "9" * 30, "²"])
def test_a_page_that_is_no_number_is_the_first(ask, advice, page):
    assert ask("threatening", page=page).page == 1


def test_helplines_are_found_by_name_and_by_what_they_are_for(ask):
    HelplineFactory(name="Harbour line", what_for="For anyone with a lantern.")
    HelplineFactory(name="Other line", what_for="For others.")
    assert [card.name for card in ask("harbour").helpline_cards] == ["Harbour line"]
    assert [card.name for card in ask("lanterns").helpline_cards] == ["Harbour line"]
    assert ask("xylophone").helpline_cards == []


@pytest.fixture
def help_page(home):
    return HelpSectionPageFactory(parent=home, title="Get help")


@pytest.mark.parametrize("words", ["suicide", "SUICIDE!", "my friend said suicide, what now", "Suicide-note"])
def test_crisis_words_put_help_first(ask, help_page, advice, words):
    HelplineFactory(name="First line")
    _promote("suicide", help_page, advice)
    answer = ask(words)
    assert answer.crisis
    assert [card.name for card in answer.helpline_cards] == ["First line"]
    assert [(item.title, item.summary, item.url) for item in answer.promoted] == [
        ("Get help", "About suicide", "/help/"),
        (advice.title, "About suicide", "/young/threats/"),
    ]


@pytest.mark.parametrize("words", ["suicidez", "asuicide", "sui cide", "xylophone"])
def test_a_promoted_word_inside_another_is_not_that_word(ask, help_page, words):
    _promote("suicide", help_page)
    answer = ask(words)
    assert (answer.crisis, answer.promoted) == (False, [])


def test_promoted_phrases_match_as_whole_phrases(ask, help_page):
    _promote("can't cope", help_page)
    _promote("self harm", help_page)
    assert ask("I can’t  cope any more").crisis
    assert ask("thinking of self-harm").crisis
    assert not ask("cope").crisis


def test_help_comes_before_the_promotions_of_other_words(ask, help_page, advice):
    _promote("friend", advice, help_page)
    _promote("suicidal", help_page)
    assert [item.title for item in ask("my friend is suicidal").promoted] == ["Get help", advice.title]
    answer = ask("my friend")
    assert (answer.crisis, [item.title for item in answer.promoted]) == (False, [advice.title, "Get help"])


def test_a_promoted_page_is_not_listed_twice(ask, advice, young):
    other = AdvicePageFactory(parent=young, title="Another threat")
    _promote("threats", advice)
    answer = ask("threats")
    assert ([item.title for item in answer.promoted], _titles(answer), answer.total) == (
        [advice.title],
        [other.title],
        1,
    )


def test_in_a_crisis_the_lines_are_those_that_answer(ask, help_page):
    HelplineFactory(name="Form", sort_order=1, contact=ContactRecordFactory(checked=True))
    HelplineFactory(name="Line", sort_order=2)
    HelplineFactory(name="Line for adults", sort_order=3, for_young_people=False, for_parents=True)
    _promote("suicide", help_page)
    assert [card.name for card in ask("suicide").helpline_cards] == ["Line"]


def test_a_promoted_page_that_is_no_longer_live_is_left_out(ask, advice):
    _promote("zebra", advice)
    advice.unpublish()
    assert ask("zebra").promoted == []


def test_a_promoted_link_to_another_site_is_shown(ask):
    query = Query.objects.create(query_string="zebra")
    SearchPromotion.objects.create(
        query=query, external_link_url="https://zoo.example/", external_link_text="The zoo", description="Stripes"
    )
    assert [(item.title, item.url) for item in ask("zebra").promoted] == [("The zoo", "https://zoo.example/")]


def test_later_pages_of_results_show_results_alone(ask, help_page, home):
    for number in range(PAGE_SIZE + 1):
        InformationPageFactory(parent=home, title=f"Suicide {number}")
    HelplineFactory(name="First line")
    _promote("suicide", help_page)
    answer = ask("suicide", page="2")
    assert (answer.crisis, answer.promoted, answer.helpline_cards, len(answer.results)) == (False, [], [], 1)


def test_the_number_of_queries_does_not_follow_the_number_of_results(ask, young):
    AdvicePageFactory(parent=young, title="Lantern 0")
    ask("lantern")
    with CaptureQueriesContext(connection) as one:
        ask("lantern")
    for number in range(1, 6):
        AdvicePageFactory(parent=young, title=f"Lantern {number}")
    ask("lantern")
    with CaptureQueriesContext(connection) as six:
        ask("lantern")
    assert len(six) == len(one)


def test_terms_lose_endings_apostrophes_and_repeats():
    assert search_terms("Threatening threats, threatened! don't") == ["threaten", "threat", "dont"]
    assert search_terms("nudes nude") == ["nude"]
    assert search_terms("his bus is as was") == ["his", "bus", "is", "as", "was"]
    assert len(search_terms(" ".join(f"word{n}" for n in range(40)))) == 12


def test_phrases_are_every_run_of_whole_words():
    assert phrases("I can’t cope.") >= {"i", "can't", "cope", "i can't", "can't cope", "i can't cope", "can’t cope"}
    assert phrases("self-harm") == {"self-harm", "self", "harm", "self harm"}
    assert phrases("") == set()


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def _run(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_a_query_without_end_is_given_up_and_the_connection_goes_on(db):
    with pytest.raises(SearchTooLongError), search_deadline(0.05):
        _run(ENDLESS)
    assert _run("SELECT 1") == [(1,)]
    with search_deadline(5):
        assert _run("SELECT 2") == [(2,)]


def test_another_database_error_stays_what_it_is(db):
    with pytest.raises(DatabaseError, match="no_such_table"), transaction.atomic(), search_deadline(5):
        _run("SELECT * FROM no_such_table")


def test_a_search_that_takes_too_long_answers_with_titles(ask, young, monkeypatch):
    AdvicePageFactory(parent=young, title="Lantern")
    AdvicePageFactory(parent=young, title="Other", summary="A lantern.")

    def endless_unless_titles(*args, titles_only=False, **kwargs):
        if not titles_only:
            _run(ENDLESS)
        return matching(*args, titles_only=titles_only, **kwargs)

    matching = searching.matching_pages
    monkeypatch.setattr(searching, "matching_pages", endless_unless_titles)
    monkeypatch.setattr(searching, "SECONDS", 0.05)
    answer = ask("lantern")
    assert (answer.state, _titles(answer), answer.total_is_least) == (SearchState.TOO_MANY, ["Lantern"], True)


def test_a_search_that_never_ends_still_answers(ask, young, monkeypatch):
    monkeypatch.setattr(searching, "matching_pages", lambda *args, **kwargs: _run(ENDLESS))
    monkeypatch.setattr(searching, "SECONDS", 0.05)
    monkeypatch.setattr(searching, "SECONDS_FOR_TITLES", 0.05)
    answer = ask("lantern")
    assert (answer.state, answer.results) == (SearchState.TOO_MANY, [])


def _fill(home, first: int, last: int) -> None:
    """Pages with a common word, straight into the tree and the index."""
    kind, parent = ContentType.objects.get_for_model(Page), home.page_ptr
    rows = [
        Page(
            title=f"Page {n}",
            slug=f"page-{n}",
            path=Page._get_path(parent.path, parent.depth + 1, 1000 + n),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}page-{n}/",
            content_type=kind,
            locale=parent.locale,
            translation_key=uuid.uuid4(),
        )
        for n in range(first, last)
    ]
    made = Page.objects.bulk_create(rows)
    IndexEntry.objects.bulk_create(
        IndexEntry(
            content_type=kind, object_id=str(page.pk), title=page.title, body="a common lantern", autocomplete=""
        )
        for page in made
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite's machine")
def test_the_work_grows_with_the_matches_and_not_with_their_square(home):
    def steps() -> int:
        looks = []
        connection.connection.set_progress_handler(lambda: looks.append(1), 100)
        found = matching_pages(["lantern"], visible_pages(home.url_path))
        connection.connection.set_progress_handler(None, 0)
        assert len(found) == WINDOW
        return len(looks)

    _fill(home, 0, 300)
    few = steps()
    _fill(home, 300, 1200)
    assert steps() < few * 6  # four times as many pages; by the square it would be sixteen


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL's planner")
def test_the_planner_uses_the_index_of_title_and_body(home):
    entries = IndexEntry.objects.annotate(both=F("title")._combine(F("body"), "||", False))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "pages_search_both" in entries.filter(both=SearchQuery("lantern:*", search_type="raw")).explain()
