"""Accounts for tests."""

import factory
from django.contrib.auth.models import Group

from users.models import User

PASSWORD = "correct horse battery staple"


class UserFactory(factory.django.DjangoModelFactory):
    """An account that can sign in with ``PASSWORD``; ``groups=["Editor"]`` puts it in groups by name."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"editor-{number}@example.org")
    first_name = "Test"
    last_name = factory.Sequence(lambda number: f"Editor {number}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **{"password": PASSWORD, **kwargs})

    @factory.post_generation
    def groups(self, create, extracted, **kwargs):
        for name in extracted or []:
            self.groups.add(Group.objects.get_or_create(name=name)[0])


class SuperuserFactory(UserFactory):
    """An account that may do everything."""

    is_superuser = True
    is_staff = True
