"""A pack with posts, copy and resources, as tests need it."""

from datetime import time

from tests.factories.resources import PackPageFactory, ResourceFileFactory, ResourcePageFactory


def post(
    day: int = 1, at: time = time(8, 30), text: str = "Ask early. Call {childline}.", **fields
) -> tuple[str, dict]:
    """A post of the schedule, as its stream is given it."""
    values = {"day": day, "time": at, "platforms": ["instagram", "x"], "text": text, "hashtags": "#NotOnYourOwn"}
    return ("post", {**values, **fields})


def copy(title: str = "Newsletter, short", text: str = "One message: ask early.", **fields) -> tuple[str, dict]:
    """Words to paste, as their stream is given them."""
    return ("copy", {"title": title, "subject": "", "text": text, "hashtags": "", **fields})


def pack_with(*, posts=(), texts=(), resources=(), **fields):
    """A live pack with these posts, texts and resources, each in their order."""
    pack = PackPageFactory(**fields)
    pack.posts = list(posts)
    pack.texts = list(texts)
    for number, resource in enumerate(resources):
        pack.items.create(resource=resource, sort_order=number)
    pack.save()
    return type(pack).objects.get(pk=pack.pk)


def resource_with_file(**fields):
    """A resource with one PDF."""
    return ResourceFileFactory(page=ResourcePageFactory(**fields)).page
