"""Addresses under vuong-mac/."""

from django.urls import path

from tiendo.oversight.difficulty_workflow import Act
from tiendo.web.oversight import difficulties, difficulty_acting, difficulty_export, difficulty_writing, obstacles
from tiendo.web.oversight.paths import Paths

ACTS = {
    Act.SEND: "gui",
    Act.TAKE_BACK: "lay-lai",
    Act.WITHDRAW: "rut",
    Act.RETURN: "tra-lai",
    Act.FORWARD: "chuyen",
    Act.DECLINE: "khong-thuoc-tham-quyen",
    Act.DECIDE: "quyet-dinh",
    Act.STOP: "tam-dung",
    Act.RESUME: "tinh-tiep",
    Act.FOLLOW: "giao-viec",
    Act.STAND: "van-con-vuong",
    Act.REMOVE: "thao-go",
}

urlpatterns: Paths = [
    path("vuong-mac/", difficulties.difficulty_list, name="difficulty-list"),
    path("vuong-mac/so.xlsx", difficulty_export.difficulty_export, name="difficulty-export"),
    path("vuong-mac/trong-bao-cao/", obstacles.difficulty_told, name="difficulty-told"),
    path("vuong-mac/lap-lai/", obstacles.difficulty_recurring, name="difficulty-recurring"),
    path("vuong-mac/diem-nghen/", obstacles.bottleneck_list, name="bottleneck-list"),
    path("vuong-mac/moi/", difficulty_writing.difficulty_add, name="difficulty-add"),
    path("vuong-mac/<int:pk>/", difficulties.difficulty_detail, name="difficulty-detail"),
    path("vuong-mac/<int:pk>/sua/", difficulty_writing.difficulty_edit, name="difficulty-edit"),
    path("vuong-mac/<int:pk>/tep/", difficulties.difficulty_file, name="difficulty-file"),
    *(
        path(
            f"vuong-mac/<int:pk>/{words}/",
            difficulty_acting.difficulty_act,
            {"act": act},
            name=f"difficulty-{act.value.replace('_', '-')}",
        )
        for act, words in ACTS.items()
    ),
]
