from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tiendo.config.urls import urlpatterns as house


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but the server, the framework and the middleware."""
    return HttpResponse(b"ok")


urlpatterns = [path("trang-rong/", empty), *house]
