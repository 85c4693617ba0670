"""Languages that files may be in: the site's own, and every other that has a name."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info


def language_known(code: str) -> bool:
    """Whether the code has a name."""
    return code in dict(settings.LANGUAGES) or "name" in LANG_INFO.get(code, {})


def language_label(code: str) -> str:
    """The language's name in the active language, the site's own word for it first; the code itself if it has none."""
    own = dict(settings.LANGUAGES).get(code)
    if own:
        return str(own)
    return str(get_language_info(code)["name_translated"]) if language_known(code) else code


def language_choices() -> list[tuple[str, str]]:
    """The site's languages in their order, then all others by name."""
    own = [(code, str(name)) for code, name in settings.LANGUAGES]
    # "en" and "en-us" beside the site's "en-gb" would be three ways to say English.
    taken = {code.partition("-")[0] for code, _name in own}
    others = [code for code, about in LANG_INFO.items() if "name" in about and code.partition("-")[0] not in taken]
    return [*own, *sorted(((code, language_label(code)) for code in others), key=lambda choice: choice[1])]
