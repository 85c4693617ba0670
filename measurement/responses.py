"""Counting what a response hands out, without anybody waiting for it."""

import logging
from functools import partial

from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponseBase

from measurement.registry import Indicator
from measurement.robots import is_robot
from measurement.services import record

logger = logging.getLogger("waymark.measurement")


def count_once_sent(
    response: HttpResponseBase, request: HttpRequest, indicator: Indicator, subject: str
) -> HttpResponseBase:
    """The response, counted when its last byte is sent or the visitor has hung up; HEAD and robots aren't.

    A count that fails is logged by its indicator and subject: the visitor has what they came for.
    """
    if request.method != "HEAD" and not is_robot(request.headers.get("User-Agent", "")):
        response._resource_closers.append(partial(_count, indicator, subject))
    return response


def _count(indicator: Indicator, subject: str) -> None:
    try:
        record(indicator, subject)
    except AnyDatabaseError:
        logger.exception("%s of %s wasn't counted.", indicator, subject)
