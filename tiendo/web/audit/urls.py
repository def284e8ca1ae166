from django.urls import path

from tiendo.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.event_list, name="event-list"),
    path("kiem-tra/", views.event_verify, name="event-verify"),
    path("tai-ve/", views.event_export, name="event-export"),
]
