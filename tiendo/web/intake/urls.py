from django.urls import path

from tiendo.web.intake import review, views

app_name = "intake"
urlpatterns = [
    path("", views.import_list, name="import-list"),
    path("<int:pk>/", review.import_review, name="import-review"),
    path("<int:pk>/quyet/", review.proposals_decide, name="proposals-decide"),
    path("<int:pk>/chap-nhan/", views.import_accept, name="import-accept"),
    path("<int:pk>/bo/", views.import_discard, name="import-discard"),
    path("de-xuat/<int:pk>/sua/", review.proposal_edit, name="proposal-edit"),
]
