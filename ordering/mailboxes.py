"""Mailboxes that anyone can have: their domain says nothing about who writes."""

# Names of providers, whatever comes after the dot: yahoo.co.uk as well as yahoo.com.
_PROVIDERS = frozenset({"aol", "gmail", "googlemail", "hotmail", "live", "msn", "outlook", "yahoo", "ymail"})
_DOMAINS = frozenset(
    {
        "blueyonder.co.uk",
        "btinternet.com",
        "duck.com",
        "fastmail.com",
        "gmx.co.uk",
        "gmx.com",
        "gmx.net",
        "hey.com",
        "icloud.com",
        "mac.com",
        "mail.com",
        "me.com",
        "ntlworld.com",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "rocketmail.com",
        "sky.com",
        "talktalk.net",
        "tiscali.co.uk",
        "tutanota.com",
        "virginmedia.com",
        "zoho.com",
    }
)


def is_for_anyone(domain: str) -> bool:
    """Whether anyone can have an address at a domain, which is in small letters."""
    return domain in _DOMAINS or domain.partition(".")[0] in _PROVIDERS
