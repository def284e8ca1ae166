from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("lam-viec/", include("tiendo.web.urls")),
    path("api/v1/", include("tiendo.api.urls")),
    path("", include("tiendo.portal.urls")),
]
