"""Development: the demo campaign on one machine, with the component files served as they are edited."""

from campaign.settings.base import *
from campaign.settings.base import PIPELINE, STORAGES

DEBUG = True
SECRET_KEY = "only-for-development-and-never-for-a-site-that-people-can-reach"  # noqa: S105 - not a secret
ALLOWED_HOSTS = ["*"]
PIPELINE = {**PIPELINE, "PIPELINE_ENABLED": False}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
