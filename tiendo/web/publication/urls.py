from django.urls import path

from tiendo.web.publication import views

app_name = "publication"
urlpatterns = [
    path("", views.release_list, name="release-list"),
    path("de-xuat/", views.release_propose, name="release-propose"),
    path("<int:pk>/", views.release_detail, name="release-detail"),
    path("<int:pk>/dot-cong-bo.json", views.release_sealed, name="release-sealed"),
    path("<int:pk>/phe-duyet/", views.release_approve, name="release-approve"),
    path("<int:pk>/khong-phe-duyet/", views.release_reject, name="release-reject"),
]
