"""Demo content to the values of StreamFields: walks the block definitions, so that every block is known here."""

import uuid

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from pages.demo.references import References, UnknownReferenceError
from pages.demo.rich_text import RichTextError, to_rich_text

_NAMESPACE = uuid.UUID("5b0f5c0e-7d1f-4f6e-9a55-3f1f6f1d9c11")
_BLOCK_KEYS = {"type", "value"}


class BlockContentError(ValueError):
    """A value doesn't fit its block; ``where`` is the way to it."""

    def __init__(self, message: str, where: str):
        self.message, self.where = message, where
        super().__init__(f"{where}: {message}")


class BlockReader:
    """Makes what a StreamField stores. Identifiers follow from the place in the page: the same input, the same rows."""

    def __init__(self, references: References, seed: str):
        self.references, self.seed = references, seed

    def stream(self, block: blocks.StreamBlock, content, where: str) -> blocks.StreamValue:
        """The checked value of a stream field. Raises ``BlockContentError`` with the way to what is wrong."""
        value = block.to_python(self._stream(block, content, where))
        try:
            return block.clean(value)
        except ValidationError as error:
            place, message = _first_error(error, where)
            raise BlockContentError(message, place) from error

    def _read(self, block: blocks.Block, content, where: str):
        try:
            return self._read_any(block, content, where)
        except (RichTextError, UnknownReferenceError) as error:
            raise BlockContentError(str(error), where) from error

    def _read_any(self, block: blocks.Block, content, where: str):
        if isinstance(block, blocks.StreamBlock):
            return self._stream(block, content, where)
        if isinstance(block, blocks.ListBlock):
            return self._list(block, content, where)
        if isinstance(block, ImageBlock):
            return self._image(block, content, where)
        if isinstance(block, blocks.StructBlock):
            return self._struct(block, content, where)
        if isinstance(block, blocks.RichTextBlock):
            text = _words(content, where)
            return to_rich_text(text, resolve_link=self.references.link, features=block.features)
        if isinstance(block, blocks.ChooserBlock):
            return None if content in (None, "") else self._chosen(block, content, where)
        if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.ChoiceBlock | blocks.URLBlock):
            return _words(content, where)
        return content

    def _stream(self, block: blocks.StreamBlock, content, where: str) -> list[dict]:
        rows = []
        for index, item in enumerate(_list(content, where)):
            place = f"{where}[{index}]"
            if not isinstance(item, dict) or set(item) != _BLOCK_KEYS:
                raise BlockContentError("a block has a type and a value, and nothing else", place)
            if item["type"] not in block.child_blocks:
                known = ", ".join(block.child_blocks)
                raise BlockContentError(f"there is no block “{item['type']}” here (only {known})", place)
            place = f"{place}.{item['type']}"
            value = self._read(block.child_blocks[item["type"]], item["value"], place)
            rows.append({"type": item["type"], "value": value, "id": self._identifier(place)})
        return rows

    def _list(self, block: blocks.ListBlock, content, where: str) -> list[dict]:
        places = [(f"{where}[{index}]", item) for index, item in enumerate(_list(content, where))]
        return [
            {"type": "item", "value": self._read(block.child_block, item, place), "id": self._identifier(place)}
            for place, item in places
        ]

    def _struct(self, block: blocks.StructBlock, content, where: str) -> dict:
        if not isinstance(content, dict):
            raise BlockContentError("expected fields with values", where)
        for name in content:
            if name not in block.child_blocks:
                known = ", ".join(block.child_blocks)
                raise BlockContentError(f"there is no field “{name}” here (only {known})", where)
        return {name: self._read(block.child_blocks[name], item, f"{where}.{name}") for name, item in content.items()}

    def _image(self, block: ImageBlock, content, where: str) -> dict:
        if isinstance(content, str):
            content = {"image": content}
        return self._struct(block, content, where)

    def _chosen(self, block: blocks.ChooserBlock, content, where: str) -> int:
        if isinstance(block, blocks.PageChooserBlock):
            return self.references.page(content)
        if isinstance(block, DocumentChooserBlock):
            return self.references.document(content)
        if isinstance(block, ImageChooserBlock):
            return self.references.image(content)
        if isinstance(block, SnippetChooserBlock):
            return self.references.snippet(block.target_model, content)
        raise BlockContentError(f"the demo can't fill a {type(block).__name__}", where)

    def _identifier(self, where: str) -> str:
        return str(uuid.uuid5(_NAMESPACE, f"{self.seed}#{where}"))


def _words(content, where: str) -> str:
    if content is None:
        return ""
    if not isinstance(content, str):
        raise BlockContentError(f"expected words; put {content!r} in quotes", where)
    return content.strip()


def _list(content, where: str) -> list:
    if content is None:
        return []
    if not isinstance(content, list):
        raise BlockContentError("expected a list", where)
    return content


def _first_error(error: ValidationError, where: str) -> tuple[str, str]:
    """The way to the innermost first mistake, and its message."""
    for name, inner in (getattr(error, "block_errors", None) or {}).items():
        return _first_error(inner, f"{where}[{name}]" if isinstance(name, int) else f"{where}.{name}")
    own = getattr(error, "non_block_errors", None)
    return where, " ".join(str(message) for message in (own or error.messages))
