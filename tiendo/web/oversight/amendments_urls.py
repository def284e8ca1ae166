"""Addresses under sua-doi/."""

from django.urls import path

from tiendo.web.oversight import amendment_lines as lines
from tiendo.web.oversight import amendment_wishes as wishes
from tiendo.web.oversight import amendments
from tiendo.web.oversight.paths import Paths

urlpatterns: Paths = [
    path("sua-doi/", amendments.amendment_list, name="amendment-list"),
    path("sua-doi/de-nghi/", wishes.proposal_list, name="proposal-list"),
    path("sua-doi/de-nghi/ke-hoach/<slug:code>/", wishes.proposal_add, name="proposal-add"),
    path("sua-doi/de-nghi/nhiem-vu/<slug:code>/", wishes.proposal_change, name="proposal-change"),
    path("sua-doi/de-nghi/<int:pk>/", wishes.proposal_detail, name="proposal-detail"),
    path("sua-doi/de-nghi/<int:pk>/sua/", wishes.proposal_edit, name="proposal-edit"),
    path("sua-doi/de-nghi/<int:pk>/van-ban/", wishes.proposal_file, name="proposal-file"),
    path("sua-doi/de-nghi/<int:pk>/gui/", wishes.proposal_send, name="proposal-send"),
    path("sua-doi/de-nghi/<int:pk>/rut/", wishes.proposal_withdraw, name="proposal-withdraw"),
    path("sua-doi/de-nghi/<int:pk>/tra-lai/", wishes.proposal_return, name="proposal-return"),
    path("sua-doi/de-nghi/<int:pk>/khong-nhan/", wishes.proposal_refuse, name="proposal-refuse"),
    path("sua-doi/de-nghi/<int:pk>/dua-vao/", lines.proposal_take, name="proposal-take"),
    path("sua-doi/du-thao/<slug:code>/", amendments.amendment_start, name="amendment-start"),
    path("sua-doi/<int:pk>/", amendments.amendment_detail, name="amendment-detail"),
    path("sua-doi/<int:pk>/ten/", amendments.amendment_edit, name="amendment-edit"),
    path("sua-doi/<int:pk>/them-dong/", lines.line_add, name="line-add"),
    path("sua-doi/<int:pk>/trinh/", amendments.amendment_submit, name="amendment-submit"),
    path("sua-doi/<int:pk>/tra-lai/", amendments.amendment_return, name="amendment-return"),
    path("sua-doi/<int:pk>/quyet-dinh/", amendments.amendment_decide, name="amendment-decide"),
    path("sua-doi/<int:pk>/khong-chap-thuan/", amendments.amendment_refuse, name="amendment-refuse"),
    path("sua-doi/dong/<int:pk>/sua/", lines.line_edit, name="line-edit"),
    path("sua-doi/dong/<int:pk>/xac-nhan/", lines.line_confirm, name="line-confirm"),
    path("sua-doi/dong/<int:pk>/bo/", lines.line_remove, name="line-remove"),
]
