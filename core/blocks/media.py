"""Pictures and film."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtailmedia.blocks import VideoChooserBlock

from core.blocks.base import AddressBlock, ContentBlock, PictureBlock
from core.blocks.groups import BODY_FEATURES, PICTURES
from core.enums import Illustration


class IllustrationBlock(ContentBlock):
    """One of the project's own drawings."""

    name = blocks.ChoiceBlock(choices=Illustration.choices, label=_("Drawing"))
    alt_text = blocks.CharBlock(
        required=False, max_length=200, label=_("What it tells"), help_text=_("Leave empty if it is only decoration.")
    )

    class Meta:
        icon = "image"
        group = PICTURES
        label = _("Drawing")
        description = _("One of the campaign's own drawings.")
        preview_value = {"name": "trails-meet", "alt_text": ""}
        template = "core/blocks/illustration.html"


class ImageWithTextBlock(ContentBlock):
    """A picture with words beside it."""

    image = PictureBlock(label=_("Image"))
    text = blocks.RichTextBlock(features=BODY_FEATURES, label=_("Text"))
    side = blocks.ChoiceBlock(
        choices=[("start", _("Picture first")), ("end", _("Words first"))], default="start", label=_("Order")
    )

    def get_preview_value(self):
        """Words beside the newest picture of the library."""
        text = "<p>Two trails meet and go on side by side. That is all this is about.</p>"
        value = self.to_python({"text": text, "side": "start"})
        value["image"] = self.child_blocks["image"].get_preview_value()
        return value

    class Meta:
        icon = "image"
        group = PICTURES
        label = _("Image with text")
        description = _("A picture with words beside it.")
        template = "core/blocks/image_with_text.html"


class VideoBlock(ContentBlock):
    """A film we hold (with captions and a transcript), or a plain link to one elsewhere."""

    heading_field = "title"

    title = blocks.CharBlock(max_length=100, label=_("Title"))
    video = VideoChooserBlock(required=False, label=_("Film held here"))
    link = AddressBlock(required=False, label=_("Address of a film elsewhere"))
    length = blocks.CharBlock(
        required=False, max_length=20, label=_("Length"), help_text=_("As it is said: 2 minutes.")
    )
    transcript = blocks.RichTextBlock(
        required=False, features=BODY_FEATURES, label=_("Transcript"), help_text=_("Every word, and what is seen.")
    )

    def clean(self, value):
        """One source; a film held here needs captions and a transcript."""
        cleaned = super().clean(value)
        video, link = cleaned.get("video"), cleaned.get("link")
        if bool(video) == bool(link):
            if not video and self.is_deferred_validation:
                return cleaned
            message = _("Choose a film held here, or give the address of one elsewhere: one of the two.")
            raise StructBlockValidationError({"video": ValidationError(message)})
        errors = {}
        if video and not self.is_deferred_validation and not video.captions:
            errors["video"] = ValidationError(_("This film has no captions. Add a captions file to it under Media."))
        if video and not self.is_deferred_validation and not strip_tags(str(cleaned.get("transcript") or "")).strip():
            errors["transcript"] = ValidationError(_("Add a transcript: every word, and what is seen."))
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned

    class Meta:
        icon = "media"
        group = PICTURES
        label = _("Video")
        description = _("A film with captions and transcript, or a plain link to one on another site.")
        preview_value = {"title": "What a comeback sounds like", "link": "https://www.ceopeducation.co.uk/"}
        template = "core/blocks/video.html"
