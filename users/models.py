"""The custom user: an e-mail address is the sign-in name."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

# RFC 2606 keeps .invalid free: no one can ever receive or own such an address.
ANONYMOUS_DOMAIN = "@account.invalid"


class UserQuerySet(models.QuerySet):
    """Reads of accounts."""

    def left_before(self, moment: datetime) -> "UserQuerySet":
        """Deactivated accounts that still name someone and were not used since ``moment``."""
        unused = Q(last_login__lt=moment) | Q(last_login=None, date_joined__lt=moment)
        return self.filter(unused, is_active=False).exclude(email__endswith=ANONYMOUS_DOMAIN)


class EmailUserManager(UserManager.from_queryset(UserQuerySet)):
    """Makes users from an e-mail address and a password."""

    def get_by_natural_key(self, username: str) -> "User":
        """Find a user by e-mail address, whatever its capitals."""
        return self.get(email__iexact=username)

    def _create_user(self, email: str, password: str | None, **extra_fields) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **extra_fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **extra_fields) -> "User":
        """Make an ordinary user. Raises ``ValueError`` without an e-mail address."""
        return self._create_user(email, password, **{"is_staff": False, "is_superuser": False, **extra_fields})

    def create_superuser(self, email: str, password: str | None = None, **extra_fields) -> "User":
        """Make a user who may do everything. Raises ``ValueError`` without an e-mail address."""
        return self._create_user(email, password, **{**extra_fields, "is_staff": True, "is_superuser": True})


class User(AbstractUser):
    """Someone who signs in to ``/cms/``. Visitors have no accounts."""

    username = None
    email = models.EmailField(_("e-mail address"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = EmailUserManager()

    personal_data = ("email", "first_name", "last_name", "last_login", "password")

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="users_user_email_once",
                violation_error_message=_("Someone with this e-mail address has an account already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def anonymise(self) -> None:
        """Take the person out of the account and leave what points to it. The account can't be used again."""
        profile = getattr(self, "wagtail_userprofile", None)
        if profile is not None:
            if profile.avatar:
                profile.avatar.delete(save=False)
            profile.delete()
        self.groups.clear()
        self.user_permissions.clear()
        self.email = f"removed-{self.pk}{ANONYMOUS_DOMAIN}"
        self.first_name, self.last_name = str(_("Former")), str(_("member"))
        self.is_active = self.is_staff = self.is_superuser = False
        self.last_login = None
        self.set_unusable_password()
        self.save()
