"""The library, what happens to its items, packs, and artwork that partners put their place on."""

from resources.models.changes import HandedOut, LibraryChange, ResourceUse, Withdrawal
from resources.models.cobranding import CobrandTemplate
from resources.models.library import ResourceIndexPage, ResourcePage
from resources.models.pack_states import PackState
from resources.models.packs import PackIndexPage, PackItem, PackPage
from resources.models.partner_links import PartnerLink
from resources.models.parts import RelatedResource, ResourceFile, ResourcePrint
from resources.models.topics import Topic

__all__ = [
    "CobrandTemplate",
    "HandedOut",
    "LibraryChange",
    "PackIndexPage",
    "PackItem",
    "PackPage",
    "PackState",
    "PartnerLink",
    "RelatedResource",
    "ResourceFile",
    "ResourceIndexPage",
    "ResourcePage",
    "ResourcePrint",
    "ResourceUse",
    "Topic",
    "Withdrawal",
]
