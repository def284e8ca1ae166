"""Addresses that no page can have, and letters that nobody types."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase


class CleanPathMiddleware:
    """A zero byte in an address is in no page's name, and one database refuses to look for it or to keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            raise Http404
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> None:
        """A form that holds one was not typed by anybody: 400."""
        try:
            given = request.POST.lists() if request.method == "POST" else ()
        except UnreadablePostError:
            return  # the sender hung up; whoever reads the form next says so
        if any("\x00" in each for _name, values in given for each in values):
            raise SuspiciousOperation("zero byte in a form")
