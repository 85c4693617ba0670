"""What templates of the editors' admin ask about withdrawing."""

from django import template
from wagtail.models import Page

from resources.views.deleting import may_withdraw_instead
from users.models import User

register = template.Library()


@register.simple_tag
def withdrawable(page: Page, user: User) -> bool:
    """``{% withdrawable page user as may %}``: whether the person may withdraw it, where they would unpublish it."""
    return may_withdraw_instead(page, user)
