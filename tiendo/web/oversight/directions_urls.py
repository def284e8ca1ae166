"""Addresses under chi-dao/, and the page of all oversight."""

from django.urls import path

from tiendo.oversight.followup_workflow import Act
from tiendo.web.oversight import directions, follow_up_lists, followups, hub, meetings, urgings
from tiendo.web.oversight.paths import Paths

_ACTS = {
    Act.NOTE: "tien-do",
    Act.REPORT: "bao-cao",
    Act.RETURN: "tra-lai",
    Act.CLOSE: "xac-nhan",
    Act.EXTEND: "gia-han",
    Act.CANCEL: "thoi-theo-doi",
}

urlpatterns: Paths = [
    path("theo-doi/", hub.home, name="home"),
    path("chi-dao/", follow_up_lists.follow_up_list, name="follow-up-list"),
    path("chi-dao/excel/", follow_up_lists.follow_up_export, name="follow-up-export"),
    path("chi-dao/ghi/", directions.direction_add, name="direction-add"),
    path("chi-dao/<int:pk>/", directions.direction_detail, name="direction-detail"),
    path("chi-dao/<int:pk>/giao-them/", directions.direction_item, name="direction-item"),
    path("chi-dao/hop/", meetings.meeting_list, name="meeting-list"),
    path("chi-dao/hop/ghi/", meetings.meeting_add, name="meeting-add"),
    path("chi-dao/hop/tai-lieu/", meetings.meeting_brief_page, name="meeting-brief"),
    path("chi-dao/hop/tai-lieu/<slug:format>/", meetings.meeting_brief_file, name="meeting-brief-file"),
    path("chi-dao/hop/<int:pk>/", meetings.meeting_detail, name="meeting-detail"),
    path("chi-dao/hop/<int:pk>/ket-luan/", meetings.meeting_conclude, name="meeting-conclude"),
    path("chi-dao/hop/<int:pk>/tep/", meetings.meeting_file, name="meeting-file"),
    path("chi-dao/viec/<int:pk>/", followups.follow_up_detail, name="follow-up-detail"),
    *(
        path(f"chi-dao/viec/<int:pk>/{words}/", followups.follow_up_act, {"act": act}, name=f"follow-up-{act}")
        for act, words in _ACTS.items()
    ),
    path("chi-dao/viec/tep/<int:pk>/", followups.follow_up_file, name="follow-up-file"),
    path("don-doc/", urgings.urging_list, name="urging-list"),
    path("don-doc/co-quan/<slug:code>/", urgings.urging_unit, name="urging-unit"),
    path("don-doc/nhiem-vu/<slug:code>/", urgings.urging_task, name="urging-task"),
]
