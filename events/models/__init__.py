"""Campaigns: a week of action and what happens in it."""

from events.models.campaigns import CampaignIndexPage, CampaignPack, CampaignPage

__all__ = ["CampaignIndexPage", "CampaignPack", "CampaignPage"]
