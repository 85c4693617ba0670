"""What a partnership says about itself on every page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Names, the exit's address, social accounts and hashtag."""

    run_by = models.CharField(
        _("who runs it, in one sentence"),
        max_length=200,
        default=_("Run by a local safeguarding partnership: the council, the police and the NHS, working together."),
    )
    exit_address = models.URLField(
        _("where “Leave this page” goes"),
        default="https://www.bbc.co.uk/weather",
        help_text=_("A neutral page on another site, such as the weather."),
    )
    hashtag = models.CharField(_("hashtag"), max_length=40, blank=True, help_text=_("With its #."))
    facebook = models.URLField("Facebook", blank=True)
    instagram = models.URLField("Instagram", blank=True)
    x = models.URLField("X", blank=True)
    youtube = models.URLField("YouTube", blank=True)
    tiktok = models.URLField("TikTok", blank=True)

    panels = [
        FieldPanel("run_by"),
        FieldPanel("exit_address"),
        MultiFieldPanel(
            [
                FieldPanel("hashtag"),
                FieldPanel("facebook"),
                FieldPanel("instagram"),
                FieldPanel("x"),
                FieldPanel("youtube"),
                FieldPanel("tiktok"),
            ],
            heading=_("The partnership's own accounts"),
        ),
    ]

    class Meta:
        verbose_name = _("site settings")

    @property
    def accounts(self) -> list[tuple[str, str]]:
        """Name and address of each account that is filled in."""
        names = [("Facebook", "facebook"), ("Instagram", "instagram"), ("X", "x"), ("YouTube", "youtube")]
        names.append(("TikTok", "tiktok"))
        return [(label, getattr(self, field)) for label, field in names if getattr(self, field)]
