"""A few short lines, typed one below the other and stored as a list."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class LinesFormField(forms.CharField):
    """A text area whose lines are a list of strings."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: list[str] | str | None) -> str:
        """The list as lines; what was typed stays as it was typed."""
        return "\n".join(value) if isinstance(value, list) else (value or "")

    def to_python(self, value: list[str] | str | None) -> list[str]:
        """The lines without empty ones."""
        return [line.strip() for line in self.prepare_value(value).splitlines() if line.strip()]

    def has_changed(self, initial: list[str] | None, data: str | None) -> bool:
        """Whether any line differs."""
        return self.to_python(initial) != self.to_python(data)

    def run_validators(self, value: list[str]) -> None:
        """Validate the list as a whole: the validators of a single string don't apply."""
        for validator in self.validators:
            if isinstance(validator, LinesValidator):
                validator(value)


class LinesValidator:
    """At most so many lines, each of at most so many characters."""

    def __init__(self, *, count: int, length: int):
        self.count, self.length = count, length

    def __call__(self, value: object) -> None:
        """Raise ``ValidationError`` with the limit in it."""
        if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
            raise ValidationError(_("Write each fact on its own line."), code="not_lines")
        if len(value) > self.count:
            message = ngettext_lazy("Use %(count)d line at most.", "Use %(count)d lines at most.", self.count)
            raise ValidationError(message, code="too_many_lines", params={"count": self.count})
        for line in value:
            if len(line) > self.length:
                message = _("“%(line)s” is too long: use %(length)d characters a line at most.")
                raise ValidationError(message, code="line_too_long", params={"line": line, "length": self.length})


class LinesField(models.JSONField):
    """A list of short lines; a text area in forms.

    Args:
        max_lines: how many lines at most.
        max_line_length: how many characters a line at most.
    """

    def __init__(self, *args, max_lines: int = 3, max_line_length: int = 60, **kwargs):
        self.max_lines, self.max_line_length = max_lines, max_line_length
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})
        self.lines_validator = LinesValidator(count=max_lines, length=max_line_length)

    def validate(self, value: object, model_instance: models.Model) -> None:
        """Validate the lines too. Raises ``ValidationError``."""
        super().validate(value, model_instance)
        self.lines_validator(value)

    def formfield(self, **kwargs) -> forms.Field:
        """A text area, one line each."""
        options = {
            "required": False,
            "label": self.verbose_name,
            "help_text": self.help_text,
            "validators": [self.lines_validator],
        }
        return LinesFormField(**options)

    def deconstruct(self):
        """Say the limits in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "max_lines": self.max_lines, "max_line_length": self.max_line_length}
