"""What a pack held from one moment on, and all that it has ever held."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PackState(models.Model):
    """One line of a pack's own log: added when what it holds is another than before, never changed.

    ``parts`` has a digest of each part, by its name (``resources.packs.parts``). ``resources`` and ``contacts`` grow
    alone: whoever took the pack once is told of the end of what they have, long after it left the pack.
    """

    pack = models.ForeignKey(
        "resources.PackPage", verbose_name=_("pack"), on_delete=models.CASCADE, related_name="states"
    )
    number = models.PositiveIntegerField(_("number"), help_text=_("Counts from 1 in each pack."))
    at = models.DateTimeField(_("from"), db_index=True)
    parts = models.JSONField(_("parts"), default=dict)
    resources = models.JSONField(_("resources it ever held"), default=list)
    contacts = models.JSONField(_("contact records it ever named"), default=list)
    what = models.TextField(_("what changed, in words"), blank=True)
    is_withdrawal = models.BooleanField(_("asks to stop using something"), default=False)

    # It belongs to the pack: nobody has to be warned of it before the pack is deleted.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-number"]
        verbose_name = _("state of a pack")
        verbose_name_plural = _("states of packs")
        constraints = [models.UniqueConstraint(fields=["pack", "number"], name="resources_pack_state_number")]

    def __str__(self) -> str:
        return f"{self.pack_id}, {self.number}"
