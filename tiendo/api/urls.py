"""The API's addresses. None of them asks for a session: what is read has been released, and what brings values asks for
a key of its own (`receiving.ByKey`), to which a session is nothing."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path

from tiendo.api.v1 import api, problem


@login_not_required
def not_found(request: HttpRequest) -> HttpResponse:
    """JSON, not a page, for an address the API does not have."""
    return problem("Không có địa chỉ này trong giao diện lập trình; xem /api/v1/openapi.json.")


def opened(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The patterns with their views marked as asking for no session."""
    given = list(patterns)
    for pattern in given:
        if isinstance(pattern, URLPattern):
            login_not_required(pattern.callback)
    return given


app_name = "api"
urlpatterns = [
    *opened(api.urls[0]),
    re_path(r"^.*$", not_found, name="not-found"),
]
