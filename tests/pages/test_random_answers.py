"""A thousand answers at any moment of two years: somebody can always be reached, and no number is stale."""

import re
from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import render
from django.template import RequestContext, Template
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.translation import get_language
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.enums import Audience
from pages.demo.people import demo_user
from pages.navigation import Navigation
from signposting.enums import Danger, Who
from signposting.models import Area, ContactRecord, Helpline, ReportRoute, Situation
from signposting.opening import LONDON
from signposting.places import area_named
from signposting.routing import Answers, help_answer, routes_live
from signposting.services import contact_withdraw
from signposting.snapshots import snapshot_shown_at
from tests.factories.signposting import ContactRecordFactory

CALLED = re.compile(r'href="((?:tel|sms):[0-9]+)"')
EXAMPLES = settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
MOMENTS = st.datetimes(
    min_value=datetime(2026, 11, 22),  # noqa: DTZ001 - the zone is given below
    max_value=datetime(2028, 11, 22),  # noqa: DTZ001 - as above
    timezones=st.just(LONDON),
)


def _spoil() -> set[str]:
    """Withdraw what routes lead to, and give them a record that nobody checked; return what may still be called."""
    for slug in ("samaritans", "revenge-porn-helpline", "stoke-on-trent-day"):
        record = ContactRecord.objects.get(slug=slug)
        contact_withdraw(contact=record, by=demo_user("safeguarding.one"), reason="It rings out.")
    unchecked = ContactRecordFactory(phone="0808 157 0999", website="https://line.example/")
    Helpline.objects.filter(slug="childline").update(contact=unchecked)
    shown = [record for record in ContactRecord.objects.all() if record.is_shown]
    numbers = {number.href for record in shown for number in (record.call, record.text) if number}
    return numbers | {"tel:999", "tel:101"}


def _main_part(template: Template, request: HttpRequest, said: dict) -> str:
    """What an answer's page has between header and footer, which are the same for every answer, drawn alone."""
    (block,) = (node for node in template.nodelist.get_nodes_by_type(BlockNode) if node.name == "main")
    context = RequestContext(request, said)
    with context.bind_template(template), context.render_context.push_state(template):
        return block.render(context)


def test_any_answer_at_any_moment_reaches_somebody_and_no_stale_number(demo_site):
    allowed = _spoil()
    routes = routes_live()
    situations = ["", *Situation.objects.values_list("slug", flat=True)]
    slugs = ["", *Area.objects.values_list("slug", flat=True)]
    assert (len(situations), len(slugs)) > (10, 5)
    areas = {slug: area_named(slug, get_language()) for slug in slugs}
    request = RequestFactory().get("/help/")  # one, so that the site's own settings are read once
    template = get_template("signposting/answer.html").template

    def said_by(at=None, **answers) -> dict:
        shown = snapshot_shown_at(request, at or timezone.now())
        return {"answer": help_answer(routes, Answers(**answers), shown), "nav": Navigation.for_request(request, None)}

    said = said_by(who=Who.PRO, danger=Danger.YES)
    main = render(request, template.name, said).content.decode().partition('<main id="main" tabindex="-1">')[2]
    assert main.partition("</main>")[0].strip() == _main_part(template, request, said).strip()

    @EXAMPLES
    @given(
        who=st.sampled_from(Who),
        danger=st.sampled_from(Danger),
        situation=st.sampled_from(situations),
        area=st.sampled_from(slugs),
        at=MOMENTS,
    )
    def check(who, danger, situation, area, at):
        context = said_by(who=who, danger=danger, situation=situation, area=areas[area], at=at)
        main = _main_part(template, request, context)
        called = CALLED.findall(main)
        assert set(called) <= allowed
        assert called[-1] == "tel:101"
        assert context["answer"].lines[-1].is_open
        assert context["answer"].routes
        assert context["answer"].cards
        if danger != Danger.NO:
            assert called[0] == "tel:999"
            assert main.index('class="emergency"') < main.index('class="route')

    check()


def test_any_words_posted_are_answered_without_an_error(demo_site):
    ReportRoute.objects.filter(slug="told-pro").delete()
    known = [*Situation.objects.values_list("slug", flat=True), "gone"]
    chosen = st.builds("{}:{}".format, st.sampled_from(Audience), st.sampled_from(known))
    situation = st.one_of(st.text(max_size=50), chosen)
    client = Client()

    @settings(EXAMPLES, max_examples=200)
    @given(
        said=st.fixed_dictionaries(
            {},
            optional={
                "who": st.one_of(st.sampled_from(Who), st.text(max_size=20)),
                "danger": st.one_of(st.sampled_from(Danger), st.text(max_size=20)),
                "situation": situation,
                "area": st.text(max_size=20),
                "csrfmiddlewaretoken": st.text(max_size=20),
            },
        )
    )
    def check(said):
        response = client.post("/help/", said)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert response.cookies == {}

    check()
