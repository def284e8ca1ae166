"""Addresses of papers beside the consolidated report: the national system, a unit's own paper, briefings."""

from django.urls import path

from tiendo.web.reporting import briefing, national, unit_reports

urlpatterns = [
    path("bao-cao/giao-ban/", briefing.briefing, name="briefing"),
    path("bao-cao/giao-ban/<slug:format>/", briefing.briefing_file, name="briefing-file"),
    path("bao-cao/trung-uong/", national.national_list, name="national-list"),
    path("bao-cao/trung-uong/<int:pk>/da-cap-nhat/", national.national_enter, name="national-enter"),
    path("bao-cao/trung-uong/<int:pk>/bo/", national.national_undo, name="national-undo"),
    path("bao-cao/<int:pk>/van-ban/lap/", unit_reports.unit_report_keep, name="unit-report-keep"),
    path(
        "bao-cao/<int:pk>/van-ban/xem-truoc/<slug:format>/",
        unit_reports.unit_report_preview,
        name="unit-report-preview",
    ),
    path(
        "bao-cao/<int:pk>/van-ban/<int:number>/<slug:format>/", unit_reports.unit_report_file, name="unit-report-file"
    ),
]
