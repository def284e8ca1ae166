"""A page that only shows reads once who succeeds whom and which task was handed over, for all its lists."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tiendo.orgs.once import reading_once

SHOWS = ("GET", "HEAD")


class ReadOnceMiddleware:
    """Around what only shows; an act reads anew at every step, and so does a file written while it is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SHOWS:
            return self.get_response(request)
        with reading_once():
            return self.get_response(request)
