from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("lam-viec/", include("tiendo.web.urls")),
    path("api/v1/", include("tiendo.api.urls")),
    # No token: choosing a language harms nobody, and a token would put a cookie on every public page.
    path("ngon-ngu/", csrf_exempt(login_not_required(set_language)), name="set_language"),
    path("", include("tiendo.portal.urls")),
]
