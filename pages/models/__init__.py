"""Page types and the settings of a site."""

from pages.models.advice import AdvicePage, HelpSectionPage
from pages.models.audience import AudiencePage
from pages.models.home import HomePage
from pages.models.information import InformationPage
from pages.models.news import NewsIndexPage, NewsPage
from pages.models.settings import SiteSettings

__all__ = [
    "AdvicePage",
    "AudiencePage",
    "HelpSectionPage",
    "HomePage",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "SiteSettings",
]
