"""What follows when Wagtail says that a page was published or moved, or that a rendition is gone."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.signals import page_published, post_page_move

from pages.audiences import audience_set_below
from pages.renditions import PICTURE_SPECS, SOCIAL_SPEC, renditions_make, renditions_of
from resources.previews import when_preview_made


def make_renditions(sender: type[Page], instance: Page, **kwargs):
    """Make the renditions of a published page, once its transaction is committed."""
    transaction.on_commit(partial(renditions_make, page=instance))


def set_audience(sender: type[Page], instance: Page, **kwargs):
    """Give a moved page, and those below it, the audience of its new place."""
    audience_set_below(page=instance)


def make_again(sender: type, instance, **kwargs):
    """Make a rendition again that went because the image's file was replaced."""
    if instance.filter_spec in (*PICTURE_SPECS, SOCIAL_SPEC):
        transaction.on_commit(partial(_make_if_image_stays, instance.image_id, instance.filter_spec))


def _make_if_image_stays(image_pk: int, spec: str):
    image = get_image_model().objects.filter(pk=image_pk).first()
    if image:
        renditions_of(image, [spec], make=True)


def connect_receivers():
    """Listen to Wagtail's signals. Called once, when the app is ready."""
    when_preview_made(lambda page: renditions_make(page=page))
    page_published.connect(make_renditions, dispatch_uid="pages.make_renditions")
    post_page_move.connect(set_audience, dispatch_uid="pages.set_audience")
    post_delete.connect(make_again, sender=get_image_model().get_rendition_model(), dispatch_uid="pages.make_again")
