"""Everything that carries a contact record's number, for the people who change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import page_permission_policy

from core.enums import Audience
from signposting.enums import AUDIENCE_FIELDS
from signposting.models import Area, ContactRecord, Helpline, PrintedIn, ReportRoute
from signposting.printed import printed_elsewhere
from signposting.snapshots import snapshot_current
from users.models import User


@dataclass(frozen=True)
class Place:
    """One thing that carries the record: what it is, how it does, where to edit it or else to see it."""

    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Places:
    """Things of one kind."""

    heading: str
    items: tuple[Place, ...]


def contact_places(contact: ContactRecord, user: User) -> list[Places]:
    """Everything that carries a record, by kind, with links that ``user`` may follow.

    Kinds without any are left out. As many queries for many things as for one of each kind.
    """
    finder = AdminURLFinder(user)
    helplines = _helplines(contact)
    own = [helpline for helpline in helplines if helpline.contact_id == contact.pk]
    found = (
        (_("Helplines"), _helpline_places(helplines, contact, finder)),
        (_("Everywhere"), _everywhere(own)),
        (_("Pages and other content"), _content(helplines, contact, finder)),
        (_("Report routes"), _routes(helplines, finder)),
        (_("Areas"), _areas(contact, finder)),
        (_("Records that send people here when nobody answers"), _previous(contact, finder)),
        (_("Files to download"), files_with(contact, user)),
    )
    return [Places(heading, items) for heading, places in found if (items := tuple(places))]


def files_with(contact: ContactRecord, user: User) -> list[Place]:
    """The files that have the number printed in them: nothing takes it out of those but a person."""
    documents = {row.document_id: (row.document, row.document.filename) for row in _printed_in(contact)}
    documents = {each.document.pk: (each.document, each.note) for each in printed_elsewhere(contact)} | documents
    may = document_policy.instances_user_has_permission_for(user, "change").filter(pk__in=documents)
    editable = set(may.values_list("pk", flat=True)) if documents else set()
    return [
        Place(document.title, note, reverse("wagtaildocs:edit", args=[pk]) if pk in editable else document.url)
        for pk, (document, note) in sorted(documents.items(), key=lambda item: (item[1][0].title, item[0]))
    ]


def _printed_in(contact: ContactRecord) -> QuerySet[PrintedIn]:
    return PrintedIn.objects.filter(contact=contact).select_related("document")


def _helplines(contact: ContactRecord) -> list[Helpline]:
    lines = Helpline.objects.filter(Q(contact=contact) | Q(note_contact=contact)).select_related("locale")
    return list(lines.order_by("sort_order", "name", "locale_id"))


def _helpline_places(helplines: list[Helpline], contact: ContactRecord, finder: AdminURLFinder) -> Iterable[Place]:
    for helpline in helplines:
        how = [_("its number")] if helpline.contact_id == contact.pk else []
        how += [_("in its note")] if helpline.note_contact_id == contact.pk else []
        how += [str(helpline.shown_in_words), str(helpline.locale)]
        yield Place(helpline.name, ", ".join(how), finder.get_edit_url(helpline) or "")


def _everywhere(own: list[Helpline]) -> Iterable[Place]:
    """What shows helplines by itself: the list of all, and the bar on every page."""
    slugs = [helpline.slug for helpline in own if helpline.live]
    if not slugs:
        return
    lines = reverse("signposting:lines")
    yield Place(_("The list of every helpline"), "", f"{lines}#line-{slugs[0]}")
    bars = snapshot_current().first_slugs()
    for audience in Audience:
        if bars.get(audience.value) in slugs:
            yield Place(_("The bar on every page"), str(audience.label), reverse("signposting:help"))


def _content(helplines: list[Helpline], contact: ContactRecord, finder: AdminURLFinder) -> Iterable[Place]:
    """Pages and whatever else Wagtail's index of references knows of."""
    listed_elsewhere = {Helpline, Area, ReportRoute, ContactRecord}
    by_model: dict[type[Model], set[str]] = {Page: set()}
    references = ReferenceIndex.get_references_to_in_bulk([*helplines, contact])
    for type_id, key in references.values_list("base_content_type_id", "object_id").distinct():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model and model not in listed_elsewhere:
            by_model.setdefault(model, set()).add(key)
    by_model[Page] |= _pages_for_all(helplines, contact)
    yield from _pages(by_model.pop(Page), finder.user)
    for model, keys in by_model.items():
        found = model._default_manager.in_bulk([model._meta.pk.to_python(key) for key in keys])
        for each in sorted(found.values(), key=str):
            yield Place(str(each), _kind_of(each), finder.get_edit_url(each) or "")


def _pages(keys: set[str], user: User) -> Iterable[Place]:
    """Pages by title. Wagtail's own finder of addresses would ask for each one's review."""
    if not keys:
        return
    pages = Page.objects.select_related("locale").filter(pk__in=keys)
    may = page_permission_policy.instances_user_has_permission_for(user, "change").order_by()
    editable = set(may.filter(pk__in=keys).values_list("pk", flat=True))
    for page in pages.order_by("title", "pk"):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk in editable else page.url
        yield Place(page.title, _kind_of(page), url or "")


def _kind_of(instance: Model) -> str:
    """What it is called, and whether visitors see it."""
    name = ContentType.objects.get_for_id(instance.content_type_id).name if isinstance(instance, Page) else None
    name = capfirst(name or instance._meta.verbose_name)
    return name if getattr(instance, "live", True) else _("%(kind)s, not published") % {"kind": name}


def _pages_for_all(helplines: list[Helpline], contact: ContactRecord) -> set[str]:
    """Keys of pages with a list of all helplines for an audience of these: no reference tells of it."""
    own = [helpline for helpline in helplines if helpline.contact_id == contact.pk and helpline.live]
    audiences = [value for value, name in AUDIENCE_FIELDS.items() if any(getattr(each, name) for each in own)]
    rows = [
        _with_list(model, field.name, audiences)
        for model in apps.get_models()
        if audiences and issubclass(model, Page)
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]
    return {str(pk) for pk in reduce(lambda left, right: left.union(right), rows)} if rows else set()


def _with_list(model: type[Page], name: str, audiences: list[str]) -> QuerySet:
    wanted = reduce(Q.__or__, (Q(stream__contains=f'"all_for": "{audience}"') for audience in audiences))
    pages = model._default_manager.annotate(stream=Cast(name, TextField())).filter(wanted)
    return pages.order_by().values_list("pk", flat=True)


def _routes(helplines: list[Helpline], finder: AdminURLFinder) -> Iterable[Place]:
    routes = ReportRoute.objects.filter(contacts__helpline__in=helplines).distinct() if helplines else []
    for route in routes:
        yield Place(str(route), str(route.shown_in_words), finder.get_edit_url(route) or "")


def _areas(contact: ContactRecord, finder: AdminURLFinder) -> Iterable[Place]:
    areas = Area.objects.filter(Q(day_contact=contact) | Q(out_of_hours_contact=contact) | Q(lado_contact=contact))
    for area in areas:
        roles = (
            (area.day_contact_id, _("by day")),
            (area.out_of_hours_contact_id, _("out of hours")),
            (area.lado_contact_id, _("designated officer (LADO)")),
        )
        how = [str(role) for key, role in roles if key == contact.pk]
        yield Place(str(area), ", ".join([*how, str(area.shown_in_words)]), finder.get_edit_url(area) or "")


def _previous(contact: ContactRecord, finder: AdminURLFinder) -> Iterable[Place]:
    for record in contact.next_for.all():
        yield Place(str(record), "", finder.get_edit_url(record) or "")
