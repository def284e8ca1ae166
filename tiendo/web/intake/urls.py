from django.urls import path

from tiendo.web.intake import mending, reading, review, shaping, views

app_name = "intake"
urlpatterns = [
    path("", views.import_list, name="import-list"),
    path("<int:pk>/", review.import_review, name="import-review"),
    path("<int:pk>/dang-doc/", reading.import_progress, name="import-progress"),
    path("<int:pk>/quyet/", review.proposals_decide, name="proposals-decide"),
    path("<int:pk>/trung/", shaping.proposals_twin, name="proposals-twin"),
    path("<int:pk>/trinh/", review.import_ask, name="import-ask"),
    path("<int:pk>/chap-nhan/", views.import_accept, name="import-accept"),
    path("<int:pk>/so-sanh-lai/", review.import_compare, name="import-compare"),
    path("<int:pk>/phan-con-lai/", review.import_rest, name="import-rest"),
    path("<int:pk>/bo/", views.import_discard, name="import-discard"),
    path("de-xuat/<int:pk>/", review.proposal_card, name="proposal-card"),
    path("de-xuat/<int:pk>/sua/", mending.proposal_edit, name="proposal-edit"),
    path("de-xuat/<int:pk>/tach/", shaping.proposal_split, name="proposal-split"),
    path("de-xuat/<int:pk>/gop/", shaping.proposal_merge, name="proposal-merge"),
    path("de-xuat/<int:pk>/chi-tieu/", shaping.proposal_link, name="proposal-link"),
    path("de-xuat/<int:pk>/hoan-lai/", shaping.proposal_unshape, name="proposal-unshape"),
]
