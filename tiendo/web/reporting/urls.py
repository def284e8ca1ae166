from django.urls import path

from tiendo.web.reporting import consolidation, control, entries, evidence, review, timeliness, urging, views

app_name = "reporting"
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("don-doc/<int:pk>/da-xem/", urging.urging_see, name="urging-see"),
    path("nhiem-vu/<str:code>/don-doc/", urging.task_urge, name="task-urge"),
    path("bao-cao/", control.period_list, name="period-list"),
    path("bao-cao/dung-han/", timeliness.timeliness, name="timeliness"),
    path("bao-cao/ky-moi/", control.period_create, name="period-create"),
    path("bao-cao/ky/<int:pk>/", control.period_detail, name="period-detail"),
    path("bao-cao/ky/<int:pk>/so-lieu/", control.period_live, name="period-live"),
    path("bao-cao/ky/<int:pk>/mo/", control.period_open, name="period-open"),
    path("bao-cao/ky/<int:pk>/khoa/", control.period_close, name="period-close"),
    path("bao-cao/ky/<int:pk>/don-doc/", control.period_urge, name="period-urge"),
    path("bao-cao/ky/<int:pk>/tong-hop/", consolidation.report_issue, name="report-issue"),
    path("bao-cao/tong-hop/<int:pk>/", consolidation.report_detail, name="report-detail"),
    path("bao-cao/tong-hop/<int:pk>/tep/<str:format>/", consolidation.report_file, name="report-file"),
    path("bao-cao/<int:pk>/", views.duty_detail, name="duty-detail"),
    path("bao-cao/<int:pk>/gui/", views.duty_send, name="duty-send"),
    path("bao-cao/<int:pk>/khong-phat-sinh/", views.duty_nothing_new, name="duty-nothing-new"),
    path("bao-cao/<int:pk>/tiep-nhan/", review.duty_accept, name="duty-accept"),
    path("bao-cao/<int:pk>/nhiem-vu/<str:code>/", entries.entry_edit, name="entry-edit"),
    path("bao-cao/<int:pk>/nhiem-vu/<str:code>/luu/", entries.entry_autosave, name="entry-autosave"),
    path("bao-cao/<int:pk>/nhiem-vu/<str:code>/khong-doi/", entries.entry_repeat, name="entry-repeat"),
    path("bao-cao/<int:pk>/nhiem-vu/<str:code>/minh-chung/", evidence.evidence_add, name="evidence-add"),
    path("bao-cao/minh-chung/<int:pk>/", evidence.evidence_file, name="evidence-file"),
    path("bao-cao/minh-chung/<int:pk>/bo/", evidence.evidence_remove, name="evidence-remove"),
    path("bao-cao/noi-dung/<int:pk>/tiep-nhan/", review.entry_accept, name="entry-accept"),
    path("bao-cao/noi-dung/<int:pk>/tra-lai/", review.entry_return, name="entry-return"),
]
