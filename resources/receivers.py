"""What follows when a page, or artwork for a place, was published, and when a topic is deleted."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, published

from resources.change_log import change_log_version
from resources.holdings import documents_remember
from resources.models import CobrandTemplate, PackPage, ResourcePage, Topic
from resources.packs.states import pack_remember
from resources.previews import preview_make
from resources.search_words import search_text_refresh
from resources.sheet_pictures import sheet_picture_make


def log_version(sender: type[Page], instance: Page, **kwargs) -> None:
    """Tell partners of a new resource or pack, or of a new version."""
    change_log_version(page=instance)


def remember_files(sender: type[Page], instance: ResourcePage, **kwargs) -> None:
    """Remember what it hands out, in the transaction that publishes it."""
    documents_remember(page=instance)


def remember_pack(sender: type[Page], instance: PackPage, **kwargs) -> None:
    """Remember what a pack holds from now on, and tell partners what changed in it."""
    pack_remember(pack_key=instance.pk)


def draw_artwork(sender: type[CobrandTemplate], instance: CobrandTemplate, **kwargs) -> None:
    """Draw published artwork, once that is committed, as it stands then."""
    transaction.on_commit(partial(_draw, instance.pk))


def _draw(pk: int) -> None:
    template = CobrandTemplate.objects.select_related("target", "preview").filter(pk=pk, live=True).first()
    if template:
        sheet_picture_make(template=template)


def make_preview(sender: type[Page], instance: ResourcePage, **kwargs) -> None:
    """Draw its first page, once the transaction is committed."""
    transaction.on_commit(partial(preview_make, page=instance))


def note_resources(sender: type[Topic], instance: Topic, **kwargs) -> None:
    """Note which resources a topic is about to leave."""
    instance.left_resources = list(ResourcePage.objects.filter(topics=instance).values_list("pk", flat=True))


def forget_topic(sender: type[Topic], instance: Topic, **kwargs) -> None:
    """Let those resources no longer be found by its name: however it was deleted, alone or with others."""
    search_text_refresh(ResourcePage.objects.filter(pk__in=instance.left_resources))


def connect_receivers() -> None:
    """Listen to the signals of Wagtail and Django. Called once, when the app is ready."""
    for model in (ResourcePage, PackPage):
        page_published.connect(log_version, sender=model, dispatch_uid=f"resources.log_version.{model.__name__}")
    page_published.connect(remember_pack, sender=PackPage, dispatch_uid="resources.remember_pack")
    published.connect(draw_artwork, sender=CobrandTemplate, dispatch_uid="resources.draw_artwork")
    pre_delete.connect(note_resources, sender=Topic, dispatch_uid="resources.note_resources")
    post_delete.connect(forget_topic, sender=Topic, dispatch_uid="resources.forget_topic")
    page_published.connect(remember_files, sender=ResourcePage, dispatch_uid="resources.remember_files")
    page_published.connect(make_preview, sender=ResourcePage, dispatch_uid="resources.make_preview")
