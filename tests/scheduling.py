"""Which tests stay on one worker when pytest-xdist shares them out.

pytest-xdist 3.8 has a way for that (``--dist loadgroup``), but pytest 9.2 computes node ids anew, so it does not take.
Its scheduler is the same as here.
"""

from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

TESTS = Path(__file__).resolve().parent
# The modules that ask for the demo campaign: it is loaded once on the worker that runs them.
DEMO = {f"tests/{path.relative_to(TESTS)}" for path in TESTS.rglob("test_*.py") if "demo_site" in path.read_text()}


class SharedLoads(LoadScopeScheduling):
    """Every test is shared out on its own, but for those that need the served site, and those that need the demo."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.split("::", 1)[0]
        if module.startswith("tests/e2e/"):
            return "served"
        return "demo" if module in DEMO else nodeid
