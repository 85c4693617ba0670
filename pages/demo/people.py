"""Demo accounts: one for each role, two where two people must agree."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group

from users.models import User

DOMAIN = "demo.example"
# Name before the @, what the person is called, their role.
ACCOUNTS = (
    ("comms.lead", "Comms", "Lead", "Comms lead"),
    ("editor", "Demo", "Editor", "Editor"),
    ("safeguarding.one", "Safeguarding", "One", "Safeguarding lead"),
    ("safeguarding.two", "Safeguarding", "Two", "Safeguarding lead"),
    ("fulfilment", "Demo", "Fulfilment", "Fulfilment"),
    ("insight", "Demo", "Insight", "Insight"),
)


class MissingRoleError(LookupError):
    """A role's group doesn't exist."""

    def __init__(self, role: str):
        super().__init__(f"There is no group “{role}”: run manage.py migrate first.")


@dataclass(frozen=True)
class Account:
    """A demo account. ``password`` is known in the run that made it, and never again."""

    email: str
    role: str
    password: str | None


def demo_accounts(*, superuser: bool = False) -> list[Account]:
    """The demo accounts; those that don't exist are made, with random passwords. Raises ``MissingRoleError``."""
    accounts = [_account(f"{local}@{DOMAIN}", role, first, last) for local, first, last, role in ACCOUNTS]
    if superuser:
        accounts.append(_superuser(f"superuser@{DOMAIN}"))
    return accounts


def demo_user(local: str) -> User:
    """The demo user whose address starts with ``local``. Raises ``User.DoesNotExist``."""
    return User.objects.get(email=f"{local}@{DOMAIN}")


def _account(email: str, role: str, first_name: str, last_name: str) -> Account:
    users = User.objects
    if users.filter(email=email).exists():
        return Account(email, role, None)
    group = Group.objects.filter(name=role).first()
    if group is None:
        raise MissingRoleError(role)
    password = _password()
    user = users.create_user(email, password, first_name=first_name, last_name=last_name)
    user.groups.add(group)
    return Account(email, role, password)


def _superuser(email: str) -> Account:
    users = User.objects
    if users.filter(email=email).exists():
        return Account(email, "Superuser", None)
    password = _password()
    users.create_superuser(email, password)
    return Account(email, "Superuser", password)


def _password() -> str:
    """Sixteen characters in four groups, none that is read as another: about 80 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _place in range(4)) for _group in range(4))
