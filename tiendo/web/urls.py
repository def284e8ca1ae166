"""The signed-in house: every area under its own namespace."""

from importlib.util import find_spec

from django.urls import include, path

AREAS = [
    ("", "accounts"),
    ("", "reporting"),
    ("", "plans"),
    ("nhap/", "intake"),
    ("cong-bo/", "publication"),
    ("co-quan/", "orgs"),
    ("nhat-ky/", "audit"),
    ("thong-bao/", "notices"),
    ("chi-tieu/", "indicators"),
    ("kinh-phi/", "budget"),
    ("danh-gia/", "evaluation"),
    ("", "oversight"),
]

urlpatterns = [
    path(prefix, include(f"tiendo.web.{area}.urls")) for prefix, area in AREAS if find_spec(f"tiendo.web.{area}.urls")
]
