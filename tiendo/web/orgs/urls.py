from django.urls import path

from tiendo.web.orgs import views

app_name = "orgs"
urlpatterns = [
    path("", views.unit_list, name="unit-list"),
    path("them/", views.unit_add, name="unit-add"),
    path("<slug:code>/", views.unit_detail, name="unit-detail"),
    path("<slug:code>/sua/", views.unit_correct, name="unit-correct"),
]
