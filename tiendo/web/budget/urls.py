from django.urls import path

from tiendo.web.budget import entering, overview, queue, share, workbook

app_name = "budget"
urlpatterns = [
    path("", overview.money_overview, name="overview"),
    path("nhap/", entering.money_list, name="money-list"),
    path("nhiem-vu/<str:code>/<int:year>/", entering.money_enter, name="money-enter"),
    path("chung-tu/<int:pk>/", entering.money_file, name="money-file"),
    path("cho-xac-nhan/", queue.money_queue, name="money-queue"),
    path("cho-xac-nhan/xac-nhan/", queue.money_confirm, name="money-confirm"),
    path("so/<int:pk>/tra-lai/", queue.money_return, name="money-return"),
    path("excel/<int:year>/", workbook.money_workbook, name="money-workbook"),
    path("excel/<int:year>/tai/", workbook.money_workbook_get, name="money-workbook-get"),
    path("ty-le/", share.share_page, name="share"),
]
