"""Reads the demo's YAML files. Strict: what isn't known is an error that names the file."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from pages.demo.errors import DemoContentError

DEMO_DIR = Path(__file__).resolve().parent
# The C loader reads the whole campaign in a tenth of the time; PyYAML may be built without it.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HOME = "home"
DEFAULT_ORDER = 100


class _StrictLoader(Loader):
    """Refuses a key that is given twice: YAML itself would silently keep the last."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key}” is given twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


@dataclass(frozen=True)
class PageSource:
    """One page as its file describes it."""

    path: Path
    address: str
    type_name: str
    title: str
    slug: str
    order: int
    fields: dict = field(repr=False)

    @property
    def parent_address(self) -> str | None:
        """The address of the page above; none for the home page."""
        if self.address == "/":
            return None
        above = self.address.strip("/").split("/")[:-1]
        return f"/{'/'.join(above)}/" if above else "/"

    @property
    def depth(self) -> int:
        """How many pages stand above this one."""
        return 0 if self.address == "/" else self.address.count("/") - 1


def read_yaml(path: Path):
    """Load one file. Raises ``DemoContentError`` if it is missing or isn't YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - extends a safe loader
    except FileNotFoundError as error:
        raise DemoContentError(path, "there is no such file") from error
    except yaml.YAMLError as error:
        raise DemoContentError(path, f"this isn't valid YAML ({error})") from error


def read_optional(path: Path, kind: type):
    """Load one file that may be missing; empty then. Raises ``DemoContentError`` if it holds another ``kind``."""
    if not path.exists():
        return kind()
    data = read_yaml(path)
    if data is None:
        return kind()
    if not isinstance(data, kind):
        raise DemoContentError(path, f"expected a {kind.__name__}, found a {type(data).__name__}")
    return data


def read_pages(folder: Path) -> list[PageSource]:
    """Every page below ``folder``, parents before children, siblings in order.

    Raises ``DemoContentError`` for a file without type, title or slug, a slug that isn't its file's name, a page
    whose parent has no file, or a tree without a home page.
    """
    pages = [_read_page(path, folder) for path in sorted(folder.rglob("*.yaml"))]
    addresses = {page.address for page in pages}
    if pages and "/" not in addresses:
        raise DemoContentError(folder, f"there is no {HOME}.yaml")
    for page in pages:
        if page.parent_address and page.parent_address not in addresses:
            raise DemoContentError(page.path, f"the page above it, {page.parent_address}, has no file")
    return sorted(pages, key=lambda page: (page.depth, page.parent_address or "", page.order, page.slug))


def _read_page(path: Path, folder: Path) -> PageSource:
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise DemoContentError(path, "a page is a list of fields: type, title, slug…")
    fields = dict(data)
    missing = [name for name in ("type", "title", "slug") if not isinstance(fields.get(name), str)]
    if missing:
        raise DemoContentError(path, f"words are needed in: {', '.join(missing)}")
    type_name, title, slug = fields.pop("type"), fields.pop("title"), fields.pop("slug")
    order = fields.pop("order", DEFAULT_ORDER)
    if not isinstance(order, int):
        raise DemoContentError(path, "order is a whole number")
    if slug != path.stem:
        raise DemoContentError(path, f"the slug “{slug}” and the name of the file differ")
    parts = path.relative_to(folder).with_suffix("").parts
    address = "/" if parts == (HOME,) else f"/{'/'.join(parts)}/"
    return PageSource(path, address, type_name, title, slug, order, fields)
