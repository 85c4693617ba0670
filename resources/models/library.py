"""The library and its items."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import PageManager
from wagtail.search import index

from core.blocks import NeutralStreamBlock
from core.blocks.groups import LINE_FEATURES
from core.enums import Audience
from core.models import BasePage
from resources.blocks import CopyBlock
from resources.enums import AUDIENCE_FIELDS, GONE_STATES, Permitted, ResourceKind, ResourceState
from resources.formats import and_list, format_label
from resources.models.topics import Topic
from resources.panels import resource_panels
from resources.querysets import ResourcePageQuerySet
from resources.search_words import resource_words
from resources.written_numbers import number_errors

if TYPE_CHECKING:
    from resources.models.changes import Withdrawal

# Twice the width at which a list shows a preview. Made with the other sizes when a page is published.
THUMB_SPEC = "width-400|format-webp"
# Of words that are too many to search for, what the form gives back to shorten.
LONGEST_KEPT = 500


class ResourceIndexPage(BasePage):
    """The library: everything that may be handed out, to filter and search."""

    heading = models.CharField(
        _("heading"), max_length=60, blank=True, help_text=_("The large words at the top. Empty: the title.")
    )
    introduction = RichTextField(_("introduction"), features=LINE_FEATURES, blank=True)

    page_description = _("The library of posters, lessons, posts and the rest.")
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["resources.ResourcePage", "resources.PackIndexPage"]
    max_count_per_parent = 1
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("heading"),
        FieldPanel("summary"),
        FieldPanel("introduction"),
    ]
    template = "resources/resource_index_page.html"

    class Meta:
        verbose_name = _("resource library")

    @property
    def sentences(self) -> list[str]:
        """The heading cut after each sentence, so that a line ends where one does if it can."""
        return re.split(r"(?<=[.!?])\s+", (self.heading or self.title).strip())

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Answer with what is asked for; 400, with a way back, if it asks for what the library doesn't have."""
        from resources.filters import FilterError, LibraryFilters, without_blanks  # these refer to the models
        from resources.library import Library

        if (clean := without_blanks(request.GET)) is not None:
            return HttpResponseRedirect(f"{self.get_url(request)}{clean}")
        try:
            library = Library(self, LibraryFilters.from_query(request.GET))
        except FilterError as error:
            context = {
                **super().get_context(request, *args, **kwargs),
                "reason": str(error),
                "words": request.GET.get("q", "").replace("\x00", "")[:LONGEST_KEPT],
            }
            return TemplateResponse(request, "resources/library_refused.html", context, status=400)
        context = {**super().get_context(request, *args, **kwargs), "library": library}
        return TemplateResponse(request, self.get_template(request, *args, **kwargs), context)


class ResourcePage(BasePage):
    """One item: what it is, its files and words, and what may be done with it."""

    kind = models.CharField(_("kind"), max_length=20, choices=ResourceKind.choices)
    for_young_people = models.BooleanField(_("for young people"), default=False)
    for_parents = models.BooleanField(_("for parents and carers"), default=False)
    for_professionals = models.BooleanField(_("for professionals"), default=False)
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    form_line = models.CharField(
        _("what it comes as"),
        max_length=80,
        blank=True,
        help_text=_("For the list: “Ages 11 to 14. One hour, with slides”. Empty: sizes or formats of its files."),
    )
    body = StreamField(NeutralStreamBlock(required=False), blank=True, verbose_name=_("body"))
    preview_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("preview"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the first page of its first PDF is drawn for you."),
    )
    picture_in_words = models.TextField(
        _("what it shows, in words"),
        max_length=1200,
        blank=True,
        help_text=_("For people who can't see it, and for whoever describes it to them."),
    )
    texts = StreamField([("copy", CopyBlock())], blank=True, verbose_name=_("words to copy"))
    published_on = models.DateField(_("date of this version"), default=timezone.localdate)
    version = models.PositiveSmallIntegerField(
        _("version"), default=1, help_text=_("One more each time that its files change.")
    )
    what_changed = models.CharField(
        _("what changed"), max_length=240, blank=True, help_text=_("Since the version before. Partners read it.")
    )
    embargoed_until = models.DateTimeField(
        _("embargoed until"),
        null=True,
        blank=True,
        help_text=_("Before this moment the public can't see or download it. Empty: no embargo."),
    )
    may_print = models.CharField(_("print it?"), max_length=3, choices=Permitted.choices)
    may_rehost = models.CharField(_("put it on their own website?"), max_length=3, choices=Permitted.choices)
    may_edit = models.CharField(_("change the words or picture?"), max_length=3, choices=Permitted.choices)
    credit = models.CharField(_("credit line"), max_length=120, help_text=_("What stands beside it where it is used."))
    rights_owner = models.ForeignKey(
        "partners.Organisation", verbose_name=_("owner"), on_delete=models.PROTECT, related_name="+"
    )
    valid_until = models.DateField(
        _("may be used until"), null=True, blank=True, help_text=_("The last day. Empty: without an end.")
    )
    # Title, summary and what it is about in small letters, for the library's own search.
    search_text = models.TextField(editable=False, blank=True, default="")
    # The first page of its first PDF, and the hash of that file (``resources.previews``); the hash alone if it can't
    # be drawn.
    made_preview = models.ForeignKey(
        "core.CustomImage", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    made_preview_of = models.CharField(max_length=40, blank=True, editable=False, default="")

    row_fields = ("summary", "embargoed_until")
    page_description = _("A poster, a leaflet, a lesson, a set of posts: one item of the library.")
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types = []
    exclude_fields_in_copy = ["made_preview", "made_preview_of"]
    structured_type = "CreativeWork"
    objects = PageManager.from_queryset(ResourcePageQuerySet)()
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("embargoed_until"),
    ]
    content_panels = resource_panels(BasePage.content_panels)
    template = "resources/resource_page.html"

    class Meta:
        verbose_name = _("resource")

    @property
    def audiences(self) -> list[Audience]:
        """Whom it is for, in the order in which audiences are named."""
        return [audience for audience, field in AUDIENCE_FIELDS.items() if getattr(self, field)]

    @property
    def is_embargoed(self) -> bool:
        """Whether the public may not know of it yet."""
        return self.embargoed_until is not None and self.embargoed_until > timezone.now()

    @cached_property
    def state(self) -> ResourceState:
        """Whether it may be handed out now. Two queries, unless the row came from ``with_state()``."""
        return self.state_at(timezone.now())

    def state_at(self, at: datetime) -> ResourceState:
        """Whether it may be handed out at an aware moment, as withdrawals and numbers stand."""
        if not hasattr(self, "has_withdrawn_number"):
            row = type(self).objects.filter(pk=self.pk).with_state().values("is_withdrawn", "has_withdrawn_number")
            found = row.first() or {"is_withdrawn": False, "has_withdrawn_number": False}
            self.is_withdrawn, self.has_withdrawn_number = found["is_withdrawn"], found["has_withdrawn_number"]
        if self.is_withdrawn:
            return ResourceState.WITHDRAWN
        if self.has_withdrawn_number:
            return ResourceState.NUMBER_WITHDRAWN
        if self.valid_until and self.valid_until < timezone.localdate(at):
            return ResourceState.EXPIRED
        if self.embargoed_until and self.embargoed_until > at:
            return ResourceState.EMBARGOED
        return ResourceState.CURRENT

    @property
    def withdrawal(self) -> "Withdrawal | None":
        """The withdrawal that stands, with who withdrew it and what replaces it: one query."""
        from resources.models import Withdrawal  # it refers to this model

        standing = Withdrawal.objects.filter(resource_key=self.translation_key, lifted_at=None)
        return standing.select_related("withdrawn_by", "replaced_by").first()

    def get_admin_display_title(self) -> str:
        """The title with its kind; in the explorer, which knows, also with why nobody gets it."""
        title = super().get_admin_display_title()
        if "kind" not in self.__dict__:  # a row that was read without what only resources have
            return title
        kind = str(self.get_kind_display())
        said = [kind] if kind and kind.casefold() != title.casefold() else []
        if hasattr(self, "has_withdrawn_number") and self.state != ResourceState.CURRENT:
            said.append(str(self.state.label))
        words = ", ".join(f"{each[:1].lower()}{each[1:]}" for each in said)
        return f"{title} ({words})" if words else title

    @property
    def preview(self) -> AbstractImage | None:
        """The picture of it: an editor's, else the one that was made of its first file."""
        return self.preview_image or self.made_preview

    @property
    def what_it_shows(self) -> str:
        """Its pictures in words: what was written for that, else the description of the preview that was chosen."""
        return self.picture_in_words or (self.preview_image.default_alt_text if self.preview_image else "")

    @cached_property
    def thumb(self) -> AbstractRendition | None:
        """The preview at the size of a list, if it was made; rows of ``resource_rows`` have it without a query."""
        if self.preview is None:
            return None
        return next((made for made in self.preview.renditions.all() if made.filter_spec == THUMB_SPEC), None)

    @property
    def for_whom(self) -> str:
        """“young people and parents”, or “everyone”."""
        if len(self.audiences) == len(AUDIENCE_FIELDS):
            return str(_("everyone"))
        several = len(self.audiences) > 1
        names = {
            Audience.YOUNG: _("young people"),
            Audience.PARENT: _("parents") if several else _("parents and carers"),
            Audience.PRO: _("professionals"),
        }
        return and_list([str(names[audience]) for audience in self.audiences])

    @cached_property
    def file_kinds(self) -> list[tuple[str, str]]:
        """Paper size ("" for none) and format of each file; rows of ``resource_rows`` have them without a query."""
        files = self.files.select_related("document").order_by("sort_order")
        return [(file.get_paper_size_display(), format_label(file.document)) for file in files]

    @property
    def comes_as(self) -> str:
        """What it comes as: the editor's line, or sizes of its files, or their formats."""
        if self.form_line:
            return self.form_line
        sizes = [size for size, _format in self.file_kinds if size]
        formats = and_list(sizes or [file_format for _size, file_format in self.file_kinds])
        whom = _("For %(audience)s.") % {"audience": self.for_whom}
        return f"{whom} {formats[:1].upper()}{formats[1:]}".strip()

    def save(self, *args, **kwargs) -> None:
        """Save, with the words it is found by."""
        if kwargs.get("update_fields") is None:
            self.search_text = resource_words(self)
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict) -> "ResourcePage":
        """The page as a draft or an old revision has it; the preview that was made is the page's own, as stored."""
        page = super().with_content_json(content)
        made = type(self).objects.filter(pk=self.pk).values_list("made_preview_id", "made_preview_of").first()
        page.made_preview_id, page.made_preview_of = made or (None, "")
        return page

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Answer 404 before the embargo lifts, and 410 with the reason once it is not handed out; a preview always."""
        if not getattr(request, "is_preview", False):
            if self.is_embargoed:
                raise Http404
            if self.state in GONE_STATES:
                from resources.gone import gone_answer  # it refers to the models

                return gone_answer(request, self)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Add its rights, files, numbers, words to copy and related resources."""
        from resources.detail import resource_context  # it refers to the models

        return {**super().get_context(request, *args, **kwargs), **resource_context(self, request)}

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """Say nothing of it under embargo. What was withdrawn, the sitemap doesn't ask in the first place."""
        return [] if self.is_embargoed else super().get_sitemap_urls(request)

    def clean(self):
        """Ask for an audience, and keep numbers out of its words. Raises ``ValidationError``."""
        super().clean()
        errors = number_errors(self)
        if not self.audiences:
            errors["for_young_people"] = ValidationError(_("Say whom it is for: tick one at least."))
        if errors:
            raise ValidationError(errors)
