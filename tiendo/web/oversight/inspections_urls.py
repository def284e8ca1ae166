"""Addresses under kiem-tra/."""

from django.urls import path

from tiendo.web.oversight import checklist_answering, findings, inspections, programme_lines
from tiendo.web.oversight.paths import Paths

urlpatterns: Paths = [
    path("kiem-tra/", inspections.inspection_list, name="inspection-list"),
    path("kiem-tra/chuong-trinh/lap/", inspections.programme_create, name="programme-create"),
    path("kiem-tra/chuong-trinh/<int:pk>/", inspections.programme_detail, name="programme-detail"),
    path("kiem-tra/chuong-trinh/<int:pk>/nhieu-cuoc/", programme_lines.programme_lines, name="programme-lines"),
    path("kiem-tra/chuong-trinh/<int:pk>/tep/", inspections.programme_file, name="programme-file"),
    path("kiem-tra/dot-xuat/", inspections.inspection_surprise, name="inspection-surprise"),
    path("kiem-tra/<int:pk>/", inspections.inspection_detail, name="inspection-detail"),
    path("kiem-tra/<int:pk>/sua/", inspections.inspection_edit, name="inspection-edit"),
    path("kiem-tra/<int:pk>/doan/", inspections.team_name, name="team-name"),
    path("kiem-tra/doan/<int:pk>/thoi/", inspections.team_end, name="team-end"),
    path("kiem-tra/<int:pk>/quyet-dinh/", inspections.inspection_announce, name="inspection-announce"),
    path("kiem-tra/<int:pk>/bat-dau/", inspections.inspection_begin, name="inspection-begin"),
    path("kiem-tra/<int:pk>/thoi/", inspections.inspection_cancel, name="inspection-cancel"),
    path("kiem-tra/<int:pk>/ket-luan/", inspections.inspection_conclude, name="inspection-conclude"),
    path("kiem-tra/<int:pk>/kien-nghi/", inspections.inspection_recommend, name="inspection-recommend"),
    path("kiem-tra/<int:pk>/danh-muc/", inspections.checklist_write, name="checklist-write"),
    path("kiem-tra/<int:pk>/danh-muc/tra-loi/", checklist_answering.checklist_answer, name="checklist-answer"),
    path("kiem-tra/<int:pk>/tep/<slug:which>/", inspections.inspection_file, name="inspection-file"),
    path("kiem-tra/mang-theo.js", findings.field_worker, name="field-worker"),
    path("kiem-tra/<int:pk>/phat-hien/", findings.finding_add, name="finding-add"),
    path("kiem-tra/phat-hien/<int:pk>/anh/", findings.finding_photo, name="finding-photo"),
    path("kiem-tra/phat-hien/<int:pk>/rut/", findings.finding_withdraw, name="finding-withdraw"),
    path("kiem-tra/phat-hien/tep/<int:pk>/", findings.finding_file, name="finding-file"),
]
