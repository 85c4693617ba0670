"""The day that stands in files."""

import datetime

# The day the demo's content was checked: the same file from every run.
MADE_AT = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
