from django.urls import path

from tiendo.web.notices import calendars, delivering, endpoints, views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("doc-het/", views.inbox_read, name="inbox-read"),
    path("<int:pk>/mo/", views.notice_open, name="notice-open"),
    path("<int:pk>/da-doc/", views.notice_read, name="notice-read"),
    path("cach-nhan/", views.preferences, name="preferences"),
    path("lich/", calendars.feed, name="feed"),
    path("lich/tao/", calendars.feed_make, name="feed-make"),
    path("lich/thoi/", calendars.feed_end, name="feed-end"),
    path("lich/<str:token>.ics", calendars.feed_file, name="feed-file"),
    path("gui-di/", delivering.delivery_list, name="delivery-list"),
    path("gui-di/<int:pk>/gui-lai/", delivering.delivery_retry, name="delivery-retry"),
    path("dia-chi-nhan/", endpoints.endpoint_list, name="endpoint-list"),
    path("dia-chi-nhan/them/", endpoints.endpoint_add, name="endpoint-add"),
    path("dia-chi-nhan/<int:pk>/", endpoints.endpoint_change, name="endpoint-change"),
    path("dia-chi-nhan/<int:pk>/khoa-moi/", endpoints.endpoint_renew, name="endpoint-renew"),
    path("dia-chi-nhan/<int:pk>/dung/", endpoints.endpoint_switch, name="endpoint-switch"),
    path("dia-chi-nhan/<int:pk>/thu/", endpoints.endpoint_try, name="endpoint-try"),
]
