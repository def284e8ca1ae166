from django.urls import path

from tiendo.web.indicators import lists

app_name = "indicators"
urlpatterns = [
    path("", lists.indicator_list, name="indicator-list"),
]
