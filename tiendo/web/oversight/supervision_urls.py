"""Addresses under giam-sat/."""

from django.urls import path

from tiendo.web.oversight import supervision
from tiendo.web.oversight.paths import Paths

urlpatterns: Paths = [
    path("giam-sat/", supervision.supervision_desk, name="supervision-desk"),
    path("giam-sat/nhom/", supervision.branch_list, name="branch-list"),
    path("giam-sat/chua-co/", supervision.task_unsupervised, name="task-unsupervised"),
    path("giam-sat/nhom/<int:pk>/", supervision.branch_supervise, name="branch-supervise"),
    path("giam-sat/nhom/thoi/<int:pk>/", supervision.branch_end, name="branch-end"),
]
