"""Forms of the editors' admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """A picture's form, with plainer words for a file that is no still picture."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].error_messages["invalid_image"] = _(
                "This file can't be read as a still picture. Save it again as JPG, PNG or WEBP (nothing that moves, no "
                "SVG) and upload that."
            )
