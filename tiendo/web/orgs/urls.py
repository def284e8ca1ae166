from django.urls import path

from tiendo.web.orgs import office_days, views

app_name = "orgs"
urlpatterns = [
    path("", views.unit_list, name="unit-list"),
    path("them/", views.unit_add, name="unit-add"),
    path("lich-lam-viec/", office_days.office_day_list, name="office-day-list"),
    path("lich-lam-viec/<int:pk>/bo/", office_days.office_day_remove, name="office-day-remove"),
    path("<slug:code>/", views.unit_detail, name="unit-detail"),
    path("<slug:code>/sua/", views.unit_correct, name="unit-correct"),
]
