"""The custom user: an e-mail address is the sign-in name."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class EmailUserManager(UserManager):
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
