"""The library and its items."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, PageManager, TranslatableMixin
from wagtail.search import index

from core.blocks import NeutralStreamBlock
from core.blocks.groups import LINE_FEATURES
from core.enums import Audience
from core.models import BasePage
from resources.blocks import CopyBlock
from resources.enums import AUDIENCE_FIELDS, PaperSize, Permitted, ResourceKind, ResourceState
from resources.querysets import ResourcePageQuerySet


class Topic(TranslatableMixin, models.Model):
    """What a resource is about, for filtering."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("in the address"), max_length=60)
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Smaller numbers come first; the same number: by name.")
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("sort_order")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order", "name"]
        verbose_name = _("topic")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="resources_topic_slug_once")]

    def __str__(self) -> str:
        return self.name


class ResourceIndexPage(BasePage):
    """The library: everything that may be handed out, to filter and search."""

    introduction = RichTextField(_("introduction"), features=LINE_FEATURES, blank=True)

    page_description = _("The library of posters, lessons, posts and the rest.")
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["resources.ResourcePage", "resources.PackIndexPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("introduction")]
    template = "resources/resource_index_page.html"

    class Meta:
        verbose_name = _("resource library")


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
    published_on = models.DateField(_("date of this version"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
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
    may_rehost = models.CharField(_("put it on a website of theirs?"), max_length=3, choices=Permitted.choices)
    may_edit = models.CharField(_("change the words or picture?"), max_length=3, choices=Permitted.choices)
    credit = models.CharField(_("credit line"), max_length=120)
    rights_owner = models.ForeignKey(
        "partners.Organisation", verbose_name=_("owner"), on_delete=models.PROTECT, related_name="+"
    )
    valid_until = models.DateField(
        _("may be used until"), null=True, blank=True, help_text=_("The last day. Empty: without an end.")
    )
    # Title, summary and what it is about in small letters, for the library's own search.
    search_text = models.TextField(editable=False, blank=True, default="")

    row_fields = ("summary", "embargoed_until")
    page_description = _("A poster, a leaflet, a lesson, a set of posts: one item of the library.")
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types = []
    structured_type = "CreativeWork"
    objects = PageManager.from_queryset(ResourcePageQuerySet)()
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("embargoed_until"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("kind"),
        FieldRowPanel(
            [FieldPanel("for_young_people"), FieldPanel("for_parents"), FieldPanel("for_professionals")],
            heading=_("Who it is for"),
        ),
        FieldPanel("topics"),
        InlinePanel("files", heading=_("Files to download"), label=_("File")),
        FieldPanel("form_line"),
        MultiFieldPanel([FieldPanel("preview_image"), FieldPanel("picture_in_words")], heading=_("What it looks like")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("may_print"), FieldPanel("may_rehost"), FieldPanel("may_edit")]),
                FieldPanel("credit"),
                FieldPanel("rights_owner"),
                FieldPanel("valid_until"),
            ],
            heading=_("What people may do with it"),
        ),
        InlinePanel("prints", heading=_("Numbers printed on it"), label=_("Contact record")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("version"), FieldPanel("published_on")]),
                FieldPanel("what_changed"),
                FieldPanel("embargoed_until"),
            ],
            heading=_("This version"),
        ),
        FieldPanel("body"),
        FieldPanel("texts"),
        InlinePanel("related", heading=_("Goes well with"), label=_("Resource")),
    ]
    template = "resources/resource_page.html"

    class Meta:
        verbose_name = _("resource")

    @property
    def audiences(self) -> list[Audience]:
        """Whom it is for, in the order in which audiences are named."""
        return [audience for audience, field in AUDIENCE_FIELDS.items() if getattr(self, field)]

    @cached_property
    def state(self) -> ResourceState:
        """Whether it may be handed out now. Two queries, unless the row came from ``with_state()``."""
        if not hasattr(self, "is_withdrawn"):
            row = type(self).objects.filter(pk=self.pk).with_state().values("is_withdrawn", "has_withdrawn_number")
            found = row.first() or {"is_withdrawn": False, "has_withdrawn_number": False}
            self.is_withdrawn, self.has_withdrawn_number = found["is_withdrawn"], found["has_withdrawn_number"]
        if self.is_withdrawn:
            return ResourceState.WITHDRAWN
        if self.has_withdrawn_number:
            return ResourceState.NUMBER_WITHDRAWN
        if self.valid_until and self.valid_until < timezone.localdate():
            return ResourceState.EXPIRED
        if self.embargoed_until and self.embargoed_until > timezone.now():
            return ResourceState.EMBARGOED
        return ResourceState.CURRENT

    def clean(self):
        """Ask for an audience. Raises ``ValidationError``."""
        super().clean()
        if not self.audiences:
            message = _("Say whom it is for: tick one at least.")
            raise ValidationError({"for_young_people": message})


class ResourceFile(Orderable):
    """A file of a resource. Format, bytes, pages and pixels are the document's own."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "core.CustomDocument", verbose_name=_("file"), on_delete=models.PROTECT, related_name="resource_files"
    )
    label = models.CharField(
        _("label"), max_length=60, blank=True, help_text=_("“Screen image”. Empty: its size and language.")
    )
    language = models.CharField(_("language"), max_length=12, default="en-gb")
    paper_size = models.CharField(_("paper size"), max_length=2, choices=PaperSize.choices, blank=True)

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("label"), FieldPanel("paper_size"), FieldPanel("language")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("file of a resource")
        verbose_name_plural = _("files of resources")

    def __str__(self) -> str:
        return self.label or str(self.document)


class ResourcePrint(Orderable):
    """A contact record whose number stands on the resource: withdrawing the number withdraws the resource."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="prints")
    contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("contact record"),
        on_delete=models.PROTECT,
        related_name="resource_prints",
    )

    panels = [FieldPanel("contact")]

    class Meta(Orderable.Meta):
        verbose_name = _("number printed on a resource")
        verbose_name_plural = _("numbers printed on resources")
        constraints = [models.UniqueConstraint(fields=["page", "contact"], name="resources_number_printed_once")]

    def __str__(self) -> str:
        return str(self.contact)


class RelatedResource(Orderable):
    """Another resource that goes well with one."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="related")
    resource = models.ForeignKey(
        ResourcePage, verbose_name=_("resource"), on_delete=models.CASCADE, related_name="related_from"
    )

    panels = [FieldPanel("resource")]

    class Meta(Orderable.Meta):
        verbose_name = _("related resource")

    def __str__(self) -> str:
        return str(self.resource)
