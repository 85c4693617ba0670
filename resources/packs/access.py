"""Who may open a pack: everybody once its embargo has lifted, and whoever holds a partner link before that."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.utils.functional import cached_property

from resources.models import PackPage, PartnerLink

_SALT = "resources.partner-link"
_SEPARATOR = ":"
# secrets.token_urlsafe(12) is as long as this; the rest of a token is the signature.
NONCE_LENGTH = 16


class LinkOverError(Exception):
    """The partner link was made by us, and doesn't work any more. ``link`` says why."""

    def __init__(self, link: PartnerLink):
        super().__init__(str(link.pk))
        self.link = link


@dataclass(frozen=True)
class PackAccess:
    """A pack as one visitor may see it: by its public address, or by a partner link."""

    pack: PackPage
    link: PartnerLink | None = None

    @property
    def is_open(self) -> bool:
        """Whether the words and files may be shown."""
        return self.link is not None or not self.pack.is_embargoed

    @property
    def is_early(self) -> bool:
        """Whether a link shows what the public may not see: it is kept out of caches and search engines."""
        return self.link is not None

    @cached_property
    def address(self) -> str:
        """The pack's address for this visitor, absolute, with its last slash. Everything else stands below it."""
        return f"{self.public_address}partner/{partner_token(self.link)}/" if self.link else self.public_address

    @property
    def public_address(self) -> str:
        """The address that everybody has. What leaves the site names it alone: a link's address is a secret."""
        return self.pack.full_url or ""


def partner_token(link: PartnerLink) -> str:
    """What stands in a link's address: its nonce, and our signature below it."""
    return link.nonce + Signer(salt=_SALT, sep=_SEPARATOR).signature(link.nonce)


def partner_address(link: PartnerLink) -> str:
    """The whole address of a link, to send to its organisation."""
    return PackAccess(link.pack, link).address


def access_public(pack: PackPage) -> PackAccess:
    """The pack as everybody sees it."""
    return PackAccess(pack)


def access_by_token(pack: PackPage, token: str) -> PackAccess:
    """The pack as the holder of a link sees it.

    Raises ``Http404`` for a token that we didn't sign or that is another pack's, ``LinkOverError`` for one that has
    run out or was revoked. Nothing is asked of the database before the signature is checked.
    """
    nonce, signature = token[:NONCE_LENGTH], token[NONCE_LENGTH:]
    try:
        Signer(salt=_SALT, sep=_SEPARATOR).unsign(f"{nonce}{_SEPARATOR}{signature}")
    except BadSignature as error:
        raise Http404 from error
    link = PartnerLink.objects.filter(nonce=nonce, pack__translation_key=pack.translation_key).first()
    if link is None:
        raise Http404
    if not link.is_working:
        raise LinkOverError(link)
    return PackAccess(pack, link)
