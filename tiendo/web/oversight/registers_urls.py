"""Addresses under so-theo-doi/."""

from django.urls import path

from tiendo.web.oversight import (
    register_commendations,
    register_hub,
    register_performers,
    register_pilots,
    register_plans,
    register_related,
    register_security,
    register_tags,
)
from tiendo.web.oversight.paths import Paths

HERE = "so-theo-doi/"
urlpatterns: Paths = [
    path(HERE, register_hub.register_list, name="register-list"),
    path(f"{HERE}ke-hoach/", register_plans.plan_call_list, name="plan-call-list"),
    path(f"{HERE}ke-hoach/yeu-cau/", register_plans.plan_call_make, name="plan-call-make"),
    path(f"{HERE}ke-hoach/<int:pk>/", register_plans.unit_plan_list, name="unit-plan-list"),
    path(f"{HERE}ke-hoach/<int:pk>/ghi/", register_plans.unit_plan_enter, name="unit-plan-enter"),
    path(f"{HERE}ke-hoach/ban/<int:pk>/tep/", register_plans.unit_plan_file, name="unit-plan-file"),
    path(f"{HERE}ke-hoach/ban/<int:pk>/nhap/", register_plans.unit_plan_read, name="unit-plan-read"),
    path(f"{HERE}ra-soat/", register_related.related_list, name="related-list"),
    path(f"{HERE}ra-soat/them/", register_related.related_add, name="related-add"),
    path(f"{HERE}ra-soat/<int:pk>/ket-qua/", register_related.related_review, name="related-review"),
    path(f"{HERE}nhan/", register_tags.tag_list, name="tag-list"),
    path(f"{HERE}nhan/nap/", register_tags.tag_load, name="tag-load"),
    path(f"{HERE}nhan/them/", register_tags.tag_add, name="tag-add"),
    path(f"{HERE}nhan/<slug:code>/doi-ten/", register_tags.tag_rename, name="tag-rename"),
    path(f"{HERE}nhan/<slug:code>/dung/", register_tags.tag_retire, name="tag-retire"),
    path(f"{HERE}nhiem-vu/<str:code>/nhan/", register_tags.tag_put, name="tag-put"),
    path(f"{HERE}nhiem-vu/<str:code>/nhan/<slug:tag>/bo/", register_tags.tag_take, name="tag-take"),
    path(f"{HERE}nhiem-vu/<str:code>/doanh-nghiep/", register_performers.performer_add, name="performer-add"),
    path(f"{HERE}doanh-nghiep/<int:pk>/thoi/", register_performers.performer_end, name="performer-end"),
    path(f"{HERE}an-toan/", register_security.security_list, name="security-list"),
    path(f"{HERE}an-toan/tep/<int:pk>/", register_security.security_file, name="security-file"),
    path(f"{HERE}an-toan/<str:code>/", register_security.security_check, name="security-check"),
    path(f"{HERE}thi-diem/", register_pilots.pilot_list, name="pilot-list"),
    path(f"{HERE}thi-diem/them/", register_pilots.pilot_begin, name="pilot-begin"),
    path(f"{HERE}thi-diem/<int:pk>/", register_pilots.pilot_detail, name="pilot-detail"),
    path(f"{HERE}thi-diem/<int:pk>/<slug:act>/", register_pilots.pilot_move, name="pilot-move"),
    path(f"{HERE}thi-diem/tep/<int:pk>/", register_pilots.pilot_file, name="pilot-file"),
    path(f"{HERE}khen-thuong/", register_commendations.commendation_list, name="commendation-list"),
    path(f"{HERE}khen-thuong/them/", register_commendations.commendation_add, name="commendation-add"),
]
