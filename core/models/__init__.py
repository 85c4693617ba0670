"""What every app stands on."""

from core.models.media import CustomDocument, CustomImage, CustomMedia, CustomRendition
from core.models.pages import BasePage

__all__ = ["BasePage", "CustomDocument", "CustomImage", "CustomMedia", "CustomRendition"]
