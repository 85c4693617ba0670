"""The language of artwork: Django's templates cut down to what a sheet of paper needs.

Conditions and a handful of filters, no loading, no including, no way to switch escaping off, and values that are plain
text. So artwork can place what a partner gives, and a partner can't alter the artwork.
"""

import re

from django.template import Context, Engine, Library, Template, TemplateSyntaxError, defaultfilters, defaulttags
from django.template.base import FilterExpression, Lexer, Node, NodeList, Parser, Token
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.exceptions import ArtworkError

# What artwork may place, and what each is. Those of ``REQUIRED`` stand on every sheet.
FIELDS = {
    "paper": gettext_lazy("The paper's size: a3, a4 or a5."),
    "place": gettext_lazy("The area's name; empty where the national helpline stands for it."),
    "front_door": gettext_lazy("What children's services are called there, if they have a name of their own."),
    "who": gettext_lazy("Whose number it is: “Children's services in Lancashire”, “Childline”."),
    "number": gettext_lazy(
        "The number, with the option to choose if a menu answers; or the website of a helpline without one."
    ),
    "number_is_long": gettext_lazy("Whether that is too long for the largest size, as websites are."),
    "when": gettext_lazy("When they answer, in words; empty if nobody knows."),
    "night_number": gettext_lazy("The area's number out of hours, if it has one."),
    "night_when": gettext_lazy("When that one answers, in words."),
    "helpline": gettext_lazy("The national helpline's name, beside an area's number."),
    "helpline_number": gettext_lazy("Its number."),
    "helpline_is_long": gettext_lazy("Whether that is too long for one line, as websites are."),
    "helpline_when": gettext_lazy("When it answers, in words."),
    "emergency": gettext_lazy("999."),
    "qr": gettext_lazy("The QR code."),
    "address": gettext_lazy("The address that it opens, in words."),
    "checked": gettext_lazy("When the numbers were checked: “22 November 2026”."),
    "organisation": gettext_lazy("The organisation's name."),
    "organisation_is_long": gettext_lazy("Whether the name needs a smaller size."),
    "logo": gettext_lazy("The organisation's logo, if it gave one."),
}
REQUIRED = ("number", "emergency", "qr", "address", "checked", "organisation")
_TAGS = {"if": defaulttags.do_if, "comment": defaulttags.comment}
_FILTERS = ("default", "lower", "upper", "linebreaksbr")
# Styles know the drawings that are written into them and the fonts that travel with the project.
_OUTSIDE = re.compile(r"@import|@font-face|url\(\s*(?![\"']?data:image/svg\+xml)|\\", re.IGNORECASE)
_RAW = re.compile(r"<\s*(script|iframe|object|embed|link|meta|base|style|img|input|form|video|audio)\b", re.IGNORECASE)

register = Library()
register.tags = dict(_TAGS)
register.filters = {name: getattr(defaultfilters, name) for name in _FILTERS}


class _ArtworkEngine(Engine):
    """Knows the tags and filters of this module and no others."""

    default_builtins = [__name__]

    def get_template_libraries(self, libraries: dict) -> dict:
        return {}


class _ArtworkParser(Parser):
    """Notes the field of every expression, in every branch."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields: set[str] = set()
        self.placed: set[str] = set()

    def compile_filter(self, token: str) -> FilterExpression:
        expression = super().compile_filter(token)
        variables = [expression.var, *(arg for _func, args in expression.filters for _lookup, arg in args)]
        self.fields.update(variable.var for variable in variables if getattr(variable, "lookups", None))
        return expression

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        super().extend_nodelist(nodelist, node, token)
        expression = getattr(node, "filter_expression", None)
        if expression is not None and getattr(expression.var, "lookups", None):
            self.placed.add(expression.var.var)


class Artwork(Template):
    """Artwork's HTML, compiled. Raises ``ArtworkError`` for what it can't say, or leaves out."""

    def __init__(self, markup: str):
        self.fields: set[str] = set()
        self.placed: set[str] = set()
        try:
            super().__init__(markup, engine=_ENGINE)
        except TemplateSyntaxError as error:
            raise ArtworkError(str(error)) from error
        raw = _RAW.search(markup)
        if raw:
            raise ArtworkError(_("<%(tag)s> has no place in artwork.") % {"tag": raw[1].lower()})
        self._check_fields()

    def compile_nodelist(self) -> NodeList:
        """As Django does, with the parser that notes fields."""
        parser = _ArtworkParser(
            Lexer(self.source).tokenize(),
            self.engine.template_libraries,
            self.engine.template_builtins,
            self.origin,
        )
        nodelist = parser.parse()
        self.extra_data = parser.extra_data
        self.fields, self.placed = parser.fields, parser.placed
        return nodelist

    def _check_fields(self) -> None:
        unknown = sorted(self.fields - FIELDS.keys())
        if unknown:
            raise ArtworkError(_("There is no field {{ %(name)s }}.") % {"name": unknown[0]})
        missing = [name for name in REQUIRED if name not in self.placed]
        if missing:
            raise ArtworkError(_("It has to show {{ %(name)s }}.") % {"name": missing[0]})

    def with_fields(self, fields: dict[str, str | bool]) -> str:
        """The HTML of a sheet. What isn't marked as safe is escaped."""
        return self.render(Context({**dict.fromkeys(FIELDS, ""), **fields}))


_ENGINE = _ArtworkEngine()


def styles_check(styles: str) -> None:
    """Refuse styles that reach outside of themselves. Raises ``ArtworkError``."""
    outside = _OUTSIDE.search(styles)
    if outside:
        raise ArtworkError(
            _("“%(found)s” has no place in artwork: only drawings written into it as data:image/svg+xml.")
            % {"found": outside[0]}
        )
