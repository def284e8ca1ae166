from django.urls import path

from tiendo.web.plans.views import acts, higher, history, overview, plans, tasks, workbook, workplan

app_name = "plans"
urlpatterns = [
    path("tong-quan/", overview.overview, name="overview"),
    path("tong-quan/so-lieu/", overview.overview_live, name="overview-live"),
    path("tong-quan/su-kien/", overview.overview_events, name="overview-events"),
    path("nhiem-vu/", tasks.task_list, name="task-list"),
    path("nhiem-vu/tai-ve/", tasks.task_export, name="task-export"),
    path("nhiem-vu/thieu-6-ro/", tasks.task_unclear, name="task-unclear"),
    path("nhiem-vu/<slug:code>/", tasks.task_detail, name="task-detail"),
    path("nhiem-vu/<slug:code>/lich-su/", history.task_history, name="task-history"),
    path("nhiem-vu/<slug:code>/lich-su/<int:seq>/", history.task_act_record, name="task-act-record"),
    path("nhiem-vu/<slug:code>/giao/", acts.task_assign, name="task-assign"),
    path("nhiem-vu/<slug:code>/thoi-giao/<int:pk>/", acts.task_unassign, name="task-unassign"),
    path("nhiem-vu/<slug:code>/thoi-han/", acts.task_deadline, name="task-deadline"),
    path("nhiem-vu/<slug:code>/dien/<slug:field>/", acts.task_field, name="task-field"),
    path("nhiem-vu/<slug:code>/thu-truong/", acts.task_head, name="task-head"),
    path("nhiem-vu/<slug:code>/can-bo/", acts.task_officer, name="task-officer"),
    path("nhiem-vu/<slug:code>/khong-cong-khai/", acts.task_hide, name="task-hide"),
    path("nhiem-vu/<slug:code>/cong-khai/", acts.task_show, name="task-show"),
    path("nhiem-vu/<slug:code>/van-ban-cap-tren/", higher.task_mandate, name="task-mandate"),
    path("nhiem-vu/<slug:code>/ngay-bat-dau/", workplan.task_start, name="task-start"),
    path("nhiem-vu/<slug:code>/moc/", workplan.milestone_add, name="milestone-add"),
    path("moc/<int:pk>/xong/", workplan.milestone_finish, name="milestone-finish"),
    path("moc/<int:pk>/bo/", workplan.milestone_remove, name="milestone-remove"),
    path("ke-hoach-hanh-dong/", workplan.workplan, name="workplan"),
    path("van-ban-cap-tren/", higher.higher_list, name="higher-list"),
    path("van-ban-cap-tren/<int:pk>/thoi/", higher.mandate_end, name="mandate-end"),
    path("ke-hoach/<slug:code>/van-ban-cap-tren/", higher.plan_mandate, name="plan-mandate"),
    path("ke-hoach/", plans.plan_list, name="plan-list"),
    path("ke-hoach/<slug:code>/", plans.plan_detail, name="plan-detail"),
    path("ke-hoach/<slug:code>/excel/", workbook.plan_workbook, name="plan-workbook"),
    path("ke-hoach/<slug:code>/nop-lai-excel/", workbook.plan_workbook_return, name="plan-workbook-return"),
    path("van-ban/<int:pk>/", plans.document_lines, name="document-lines"),
]
