"""The layers hold for foreign keys given as strings too, and every app keeps to the same file names."""

from pathlib import Path

from django.apps import apps

LAYERS = [
    "campaign",
    "pages",
    "ordering",
    "events",
    "resources",
    "partners",
    "signposting",
    "measurement",
    "core",
    "users",
]
ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "signals.py"}


def _ours():
    return [model for name in LAYERS if apps.is_installed(name) for model in apps.get_app_config(name).get_models()]


def test_foreign_keys_point_down_only():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in _ours()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and field.related_model._meta.app_label in LAYERS
        and LAYERS.index(field.related_model._meta.app_label) < LAYERS.index(model._meta.app_label)
    ]
    assert upward == []


def test_no_catch_all_files():
    found = [
        str(path.relative_to(ROOT))
        for name in LAYERS
        for path in (ROOT / name).rglob("*.py")
        if path.name in FORBIDDEN_NAMES
    ]
    assert found == []


def test_environment_is_read_in_the_settings_only():
    readers = [
        str(path.relative_to(ROOT))
        for name in LAYERS
        for path in (ROOT / name).rglob("*.py")
        if "settings" not in path.parts
        and path.name != "wsgi.py"
        and ("os.environ" in path.read_text() or "getenv" in path.read_text())
    ]
    assert readers == []
