"""Editors' promoted searches, read by filter: nothing that a visitor types is stored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.utils import normalise_query_string

from pages.models import HelpSectionPage

LONGEST_TERM = 6


@dataclass(frozen=True)
class Promoted:
    """What editors put before the results. ``is_crisis``: for one of the words they put help itself first."""

    promotions: list[SearchPromotion] = field(default_factory=list)
    is_crisis: bool = False

    @property
    def page_pks(self) -> list[int]:
        """The keys of the promoted pages."""
        return [promotion.page_id for promotion in self.promotions if promotion.page_id]


def promoted_for(words: str, *, root_path: str) -> Promoted:
    """The promotions whose terms stand, as whole words, in the visitor's words; help first. Two queries at most."""
    promotions = list(
        SearchPromotion.objects.filter(query__query_string__in=phrases(words))
        .select_related("page__content_type")
        .order_by("sort_order", "pk")
    )
    shown = [promotion for promotion in promotions if _is_shown(promotion, root_path)]
    first_of_each = {promotion.query_id: promotion for promotion in reversed(shown)}
    is_crisis = any(_leads_to_help(promotion) for promotion in first_of_each.values())
    if is_crisis:
        shown.sort(key=lambda promotion: not _leads_to_help(promotion))
    return Promoted(_once_each(shown), is_crisis)


def phrases(words: str) -> set[str]:
    """Every run of up to six words, as editors may have written it: any apostrophes, hyphens or spaces."""
    text = normalise_query_string(words.replace("’", "'"))
    variants = {text, text.replace("-", " "), text.replace("'", "")}
    found = set()
    for variant in variants:
        tokens = [token for token in (re.sub(r"^[^\w']+|[^\w']+$", "", part) for part in variant.split()) if token]
        for start in range(len(tokens)):
            for end in range(start + 1, min(start + LONGEST_TERM, len(tokens)) + 1):
                found.add(" ".join(tokens[start:end]))
    return found | {phrase.replace("'", "’") for phrase in found if "'" in phrase}


def _is_shown(promotion: SearchPromotion, root_path: str) -> bool:
    page = promotion.page
    if page is None:
        return bool(promotion.external_link_url)
    return page.live and page.url_path.startswith(root_path)


def _leads_to_help(promotion: SearchPromotion) -> bool:
    return bool(promotion.page and promotion.page.specific_class is HelpSectionPage)


def _once_each(promotions: Iterable[SearchPromotion]) -> list[SearchPromotion]:
    seen = {}
    for promotion in promotions:
        seen.setdefault(promotion.page_id or promotion.external_link_url, promotion)
    return list(seen.values())
