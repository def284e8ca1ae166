from django.urls import path

from tiendo.web.indicators import charts, lists, maps

app_name = "indicators"
urlpatterns = [
    path("", lists.indicator_list, name="indicator-list"),
    path("<str:code>/theo-don-vi/", charts.indicator_units, name="indicator-units"),
    path("<str:code>/don-vi/<slug:unit>/", charts.indicator_unit, name="indicator-unit"),
    path("<str:code>/ban-do/", maps.indicator_map, name="indicator-map"),
]
