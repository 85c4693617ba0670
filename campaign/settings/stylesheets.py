"""The component stylesheets in the order in which they are bundled: tokens, base, layout, then components by name."""

from pathlib import Path

_CSS = Path(__file__).resolve().parent.parent.parent / "static" / "css"

COMPONENTS = [
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    *sorted(f"css/components/{path.name}" for path in (_CSS / "components").glob("*.css")),
]
