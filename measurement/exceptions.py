"""What counting refuses."""


class MeasurementError(Exception):
    """Something can't be counted."""


class UnknownIndicatorError(MeasurementError):
    """No app's ``indicators.py`` registers this indicator."""


class DuplicateIndicatorError(MeasurementError):
    """Two apps register the same indicator."""
