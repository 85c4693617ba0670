"""The campaign's own artwork, for partners to put their place on. One YAML file is one artwork."""

from pathlib import Path

from pages.demo.contacts import set_fields
from pages.demo.errors import DemoContentError
from pages.demo.reader import DEMO_DIR, read_yaml
from pages.demo.references import References, UnknownReferenceError
from resources.models import CobrandTemplate

SHEETS = DEMO_DIR / "sheets"


def create_missing_cobrand_templates(references: References, folder: Path = SHEETS) -> int:
    """Make and publish the artwork that doesn't exist yet, known by its file's name. Answers how many.

    The HTML stands beside the file under the same name; ``styles`` names the CSS files. A ``resource`` whose page isn't
    there is left out. Raises ``DemoContentError``.
    """
    known = set(CobrandTemplate.objects.values_list("slug", flat=True))
    missing = [path for path in sorted(folder.glob("*.yaml")) if path.stem not in known]
    for path in missing:
        _create(path, references)
    return len(missing)


def artwork_fields(path: Path) -> dict:
    """The words and the artwork of one file: fields of ``CobrandTemplate``.

    ``target`` and ``resource`` are addresses. Raises ``DemoContentError``.
    """
    content = dict(read_yaml(path))
    try:
        content["styles"] = "\n".join((path.parent / name).read_text(encoding="utf-8") for name in content["styles"])
        content["markup"] = path.with_suffix(".html").read_text(encoding="utf-8")
    except (KeyError, OSError) as error:
        raise DemoContentError(path, f"its HTML or CSS is missing: {error}") from error
    return {"slug": path.stem, **content}


def _create(path: Path, references: References) -> None:
    content = artwork_fields(path)
    resource = references.pages.get(content.pop("resource", None))
    try:
        template = CobrandTemplate(target_id=references.page(content.pop("target")), resource_id=resource, live=False)
    except (KeyError, UnknownReferenceError) as error:
        raise DemoContentError(path, f"the page that the code opens isn't there: {error}") from error
    set_fields(template, content, path, path.stem)
    template.save()
    template.save_revision().publish()
