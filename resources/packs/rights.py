"""What may be done with a resource, in lines for files that leave the site."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from resources.models import ResourcePage


def rights_lines(resource: ResourcePage) -> list[str]:
    """Print it, put it on a website, change it, until when, whom to name: the same order as on the page."""
    lines = [
        _("Print it: %(answer)s.") % {"answer": resource.get_may_print_display()},
        _("Put it on your website: %(answer)s.") % {"answer": resource.get_may_rehost_display()},
        _("Change the words or picture: %(answer)s.") % {"answer": resource.get_may_edit_display()},
    ]
    if resource.valid_until:
        lines.append(_("Use it until %(date)s.") % {"date": date_format(resource.valid_until, "j F Y")})
    lines.append(_("Credit: %(words)s.") % {"words": resource.credit})
    lines.append(_("Owner: %(name)s.") % {"name": resource.rights_owner.name})
    return lines
