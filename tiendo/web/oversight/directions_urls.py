"""Addresses under chi-dao/."""

from django.urls import path

from tiendo.oversight.followup_workflow import Act
from tiendo.web.oversight import followups
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
    path("chi-dao/viec/<int:pk>/", followups.follow_up_detail, name="follow-up-detail"),
    *(
        path(f"chi-dao/viec/<int:pk>/{words}/", followups.follow_up_act, {"act": act}, name=f"follow-up-{act}")
        for act, words in _ACTS.items()
    ),
    path("chi-dao/viec/tep/<int:pk>/", followups.follow_up_file, name="follow-up-file"),
]
