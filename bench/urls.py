from secrets import token_hex

from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from tiendo.config.urls import urlpatterns as house


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but the server, the framework and the middleware."""
    return HttpResponse(b"ok")


def empty_write(request: HttpRequest) -> HttpResponse:
    """One row in one transaction, by somebody signed in: the least that a save can cost."""
    with transaction.atomic():
        Session.objects.update_or_create(
            session_key="ghi-trong", defaults={"session_data": token_hex(8), "expire_date": timezone.now()}
        )
    return HttpResponse(b"ok")


urlpatterns = [path("trang-rong/", empty), path("ghi-trong/", empty_write), *house]
