from django.urls import path

from tiendo.web.orgs import as_at, changes, office_days, reorganising, views

app_name = "orgs"
urlpatterns = [
    path("", views.unit_list, name="unit-list"),
    path("them/", views.unit_add, name="unit-add"),
    path("theo-ngay/", as_at.unit_tree, name="unit-tree"),
    path("nhom/<slug:code>/", as_at.group_detail, name="group-detail"),
    path("nhom/<slug:code>/them/", as_at.member_add, name="member-add"),
    path("thuoc-nhom/<int:pk>/thoi/", as_at.member_end, name="member-end"),
    path("thuoc-nhom/<int:pk>/sua/", as_at.member_correct, name="member-correct"),
    path("sap-xep/", changes.change_list, name="change-list"),
    path("sap-xep/ghi/", reorganising.change_add, name="change-add"),
    path("sap-xep/<int:pk>/", changes.change_detail, name="change-detail"),
    path("sap-xep/<int:pk>/nhiem-vu/<slug:code>/", reorganising.change_tasks, name="change-tasks"),
    path("sap-xep/<int:pk>/huy/", changes.change_undo, name="change-undo"),
    path("lich-lam-viec/", office_days.office_day_list, name="office-day-list"),
    path("lich-lam-viec/<int:pk>/bo/", office_days.office_day_remove, name="office-day-remove"),
    path("<slug:code>/", views.unit_detail, name="unit-detail"),
    path("<slug:code>/sua/", views.unit_correct, name="unit-correct"),
]
