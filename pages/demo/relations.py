"""What a page's file says in rows: files of a resource, numbers printed on it, topics, resources of a pack."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from pages.demo.errors import DemoContentError
from pages.demo.reader import PageSource
from pages.demo.references import References, UnknownReferenceError
from partners.models import Organisation
from resources.models import Topic
from signposting.models import ContactRecord


def child_relations(page: Page) -> dict[str, models.ManyToOneRel]:
    """The page's lists of rows by name: ``{"files": …}``."""
    return {relation.get_accessor_name(): relation for relation in get_all_child_relations(type(page))}


def chosen(field: models.ForeignKey, name, references: References) -> int | None:
    """The key of what a file names in a field that refers to one thing. Raises ``UnknownReferenceError``."""
    if name is None or name in references.not_made:
        return None
    model = field.related_model
    if issubclass(model, get_image_model()):
        return references.image(name)
    if issubclass(model, get_document_model()):
        return references.document(name)
    if issubclass(model, Page):
        return references.page(name)
    if issubclass(model, ContactRecord):
        return references.contact(name)
    if issubclass(model, Organisation):
        return references.organisation(name)
    raise UnknownReferenceError(f"{model._meta.verbose_name} can't be referred to")


def rows_set(page: Page, name: str, rows, source: PageSource, references: References) -> None:
    """Put the rows of one list in place of those that the page has. Raises ``DemoContentError``."""
    model = child_relations(page)[name].related_model
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DemoContentError(source.path, "expected a list of rows", name)
    made = []
    for position, row in enumerate(row for row in rows if row.get("document") not in references.not_made):
        made.append(_row(model, row, f"{name}[{position}]", source, references))
        made[-1].sort_order = position
    getattr(page, name).set(made)


def _row(model: type[models.Model], row: dict, where: str, source: PageSource, references: References) -> models.Model:
    instance = model()
    fields = {field.name: field for field in model._meta.concrete_fields if field.editable and not field.primary_key}
    for name, value in row.items():
        if name not in fields:
            raise DemoContentError(source.path, f"{model._meta.verbose_name} has no field “{name}”", where)
        field = fields[name]
        try:
            value = chosen(field, value, references) if isinstance(field, models.ForeignKey) else field.to_python(value)
        except UnknownReferenceError as error:
            raise DemoContentError(source.path, str(error), f"{where}.{name}") from error
        setattr(instance, field.attname, value)
    try:
        instance.full_clean(exclude=["page"], validate_constraints=False)
    except ValidationError as error:
        raise DemoContentError(source.path, "; ".join(error.messages), where) from error
    return instance


def topics_set(page: Page, field: ParentalManyToManyField, names, source: PageSource, references: References) -> None:
    """Choose the topics that a file names by slug, in place of those chosen. Raises ``DemoContentError``."""
    known = {topic.slug: topic for topic in Topic.objects.filter(locale=references.locale)}
    unknown = [name for name in names or [] if name not in known]
    if unknown:
        raise DemoContentError(source.path, f"there is no topic {unknown[0]}", field.name)
    getattr(page, field.name).set([known[name] for name in names or []])
