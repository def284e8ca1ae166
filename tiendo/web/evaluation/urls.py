from django.urls import path

from tiendo.web.evaluation import audits

app_name = "evaluation"
urlpatterns = [
    path("kiem-tra/", audits.audit_list, name="audit-list"),
    path("kiem-tra/lap/", audits.audit_frame, name="audit-frame"),
    path("kiem-tra/<int:pk>/", audits.audit_detail, name="audit-detail"),
    path("kiem-tra/<int:pk>/rut-tham/", audits.audit_draw, name="audit-draw"),
    path("kiem-tra/<int:pk>/ket-luan/", audits.audit_conclude, name="audit-conclude"),
    path("kiem-tra/<int:pk>/cong-bo/", audits.audit_publish, name="audit-publish"),
    path("kiem-tra/<int:pk>/danh-sach.json", audits.audit_frame_file, name="audit-frame-file"),
    path("kiem-tra/nhiem-vu/<int:pk>/", audits.claim_check, name="claim-check"),
    path("kiem-tra/nhiem-vu/<int:pk>/giao/", audits.claim_assign, name="claim-assign"),
    path("kiem-tra/nhiem-vu/<int:pk>/tep/", audits.claim_file, name="claim-file"),
]
