"""What is counted. Each app that counts registers its indicators in its own ``indicators.py``::

    RESOURCE_DOWNLOADED = indicator("resource.downloaded", _("Downloads"))

The modules are found when Django starts. What isn't registered can't be counted.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

from measurement.exceptions import DuplicateIndicatorError, UnknownIndicatorError


@dataclass(frozen=True)
class Indicator:
    """One thing that is counted: its key in the database, and its name for people."""

    key: str
    label: str | Promise

    def __str__(self) -> str:
        return self.key


_indicators: dict[str, Indicator] = {}


def indicator(key: str, label: str | Promise) -> Indicator:
    """Register an indicator. ``key`` has at most 60 characters. Raises ``DuplicateIndicatorError`` for a taken key."""
    if key in _indicators:
        raise DuplicateIndicatorError(key)
    _indicators[key] = Indicator(key, label)
    return _indicators[key]


def indicator_get(key: str | Indicator) -> Indicator:
    """The indicator of a key. Raises ``UnknownIndicatorError`` if nobody registered it."""
    try:
        return _indicators[str(key)]
    except KeyError:
        raise UnknownIndicatorError(str(key)) from None


def indicators() -> list[Indicator]:
    """Every registered indicator, by key."""
    return [_indicators[key] for key in sorted(_indicators)]
