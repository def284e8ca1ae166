"""The list of indicators."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from tiendo.indicators.models import Indicator
from tiendo.web.requests import SignedInRequest

PAGE = 25


def indicator_list(request: SignedInRequest) -> HttpResponse:
    """Every indicator in use."""
    page = Paginator(Indicator.objects.visible_to(request.user).in_use(), PAGE).get_page(request.GET.get("page"))
    return render(request, "web/indicators/indicator_list.html", {"page": page})
