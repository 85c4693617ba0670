"""What a partnership says about itself on every page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Names, the exit's address, the help page's words, social accounts and hashtag."""

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
    help_heading = models.CharField(_("help: heading"), max_length=60, default=_("Get help"))
    help_introduction = models.CharField(
        _("help: first line"), max_length=160, default=_("Four short questions. Then we’ll show who can help.")
    )
    help_comfort = models.CharField(
        _("help: a line that comforts"),
        max_length=160,
        default=_("You’re not in trouble for asking. You don’t need the right words."),
    )
    answer_heading = models.CharField(_("answer: heading"), max_length=60, default=_("Here’s who can help"))
    answer_introduction = models.CharField(
        _("answer: first line"), max_length=160, default=_("Start at the top. You can do these in any order.")
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
                FieldPanel("help_heading"),
                FieldPanel("help_introduction"),
                FieldPanel("help_comfort"),
                FieldPanel("answer_heading"),
                FieldPanel("answer_introduction"),
            ],
            heading=_("Words of the help page"),
            help_text=_("The questions themselves stay as they are: the report routes hang on them."),
        ),
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
