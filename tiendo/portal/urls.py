from django.urls import path

from tiendo.portal import claim_audits, evaluation, indicators, money, open_data, verification, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("ke-hoach/", views.plan, name="plan"),
    path("ke-hoach/<str:plan>/", views.plan, name="plan-text"),
    path("ke-hoach/<str:plan>/nhom/<str:code>/", views.group, name="plan-group"),
    path("nhom/<str:code>/", views.group, name="group"),
    path("co-quan/", views.unit_list, name="unit-list"),
    path("co-quan/<slug:code>/", views.unit, name="unit"),
    path("nhiem-vu/", views.task_list, name="task-list"),
    path("nhiem-vu/<str:code>/", views.task, name="task"),
    path("kinh-phi/", money.money, name="money"),
    path("chi-tieu/", indicators.indicator_list, name="indicator-list"),
    path("chi-tieu/<str:code>.svg", indicators.indicator_chart, name="indicator-chart"),
    path("chi-tieu/<str:code>/", indicators.indicator, name="indicator"),
    path("danh-gia/", evaluation.evaluation, name="evaluation"),
    path("kiem-tra-bao-cao/", claim_audits.claim_audit_list, name="claim-audit-list"),
    path("kiem-tra-bao-cao/<int:pk>/", claim_audits.claim_audit, name="claim-audit"),
    path("kiem-tra-bao-cao/<int:pk>/khung.json", claim_audits.claim_audit_frame, name="claim-audit-frame"),
    path("danh-gia/<int:pk>/", evaluation.evaluation, name="evaluation-cycle"),
    path("danh-gia/<int:pk>/so-lieu.json", evaluation.evaluation_file, name="evaluation-file"),
    path("danh-gia/<int:pk>/<slug:unit>/", evaluation.evaluation_unit, name="evaluation-unit"),
    path("du-lieu/", open_data.data, name="data"),
    path("du-lieu/<str:name>", open_data.file, name="file"),
    path("dot-cong-bo/", views.release_list, name="release-list"),
    path("dot-cong-bo/<int:number>/", views.release, name="release"),
    path("dot-cong-bo/<int:number>/<str:name>", open_data.file, name="release-file"),
    path("kiem-chung/", views.about, name="about"),
    path("xac-minh/", verification.verification, name="verification"),
    path("xac-minh/<str:code>/", verification.verification_code, name="verification-code"),
    path("xac-minh/<str:code>.json", verification.verification_json, name="verification-json"),
    path("robots.txt", views.robots, name="robots"),
]
