"""A part of a page that is asked for again and again: it says nothing while nothing changed."""

import re
from collections.abc import Mapping
from hashlib import sha256

from flask import request
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as BaseResponse

from app.web.pages import show_with

_LASTED = re.compile(rb'(data-since="\d+">)[^<]*')  # counted on by the reader's own clock


def polled(template: str, values: Mapping[str, object]) -> BaseResponse:
    """The part, with an ETag (RFC 9110, section 8.8.3); 304 without a body where the reader has it already.

    The forms' token is another one each second and counts for nothing: the one the reader has stays good. Nor
    does how long something has lasted.
    """
    response: BaseResponse = show_with(template, values)
    told = _LASTED.sub(rb"\1", response.get_data().replace(generate_csrf().encode(), b""))
    response.set_etag(sha256(told).hexdigest()[:32])
    return response.make_conditional(request)
