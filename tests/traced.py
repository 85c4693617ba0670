"""What coverage looks at. Python 3.11 pays for that with half as much time again in every frame, Django's included.

So it looks at the first set of parameters of each test, and at the test itself: not at fixtures, of which migrations
and the demo campaign are the dearest. It may count too little for that, never too much.
"""

import pytest


def trace_first_of_each(items: list[pytest.Item]) -> None:
    """Mark all but the first set of parameters of each test as not measured."""
    seen: set[str] = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if test in seen:
            item.add_marker(pytest.mark.no_cover)
        seen.add(test)


def pytest_collection_finish(session: pytest.Session):
    """Imports are over: from here on only tests are measured."""
    _pause(session.config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item):
    """Measure this one, unless it says otherwise. Outermost: pytest-cov's own wrapper goes on after such a test."""
    controller = _controller(item.config)
    if controller and not item.get_closest_marker("no_cover"):
        controller.resume()
    try:
        return (yield)
    finally:
        _pause(item.config)


def _pause(config: pytest.Config) -> None:
    if controller := _controller(config):
        controller.pause()


def _controller(config: pytest.Config):
    """What pytest-cov steers coverage with; none where nothing is measured, or where other processes run the tests."""
    plugin = config.pluginmanager.getplugin("_cov")
    controller = plugin and plugin.cov_controller
    return controller if getattr(controller, "cov", None) else None
