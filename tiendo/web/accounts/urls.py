from django.urls import path

from tiendo.web.accounts import absences, api_keys, focal, views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", views.SignOut.as_view(), name="sign-out"),
    path("mat-khau/", views.password_change, name="password-change"),
    path("can-bo-dau-moi/", focal.focal_list, name="focal-list"),
    path("khoa-truy-cap/", api_keys.api_key_list, name="api-key-list"),
    path("khoa-truy-cap/<int:pk>/thoi/", api_keys.api_key_end, name="api-key-end"),
    path("nguoi-dung/", views.person_list, name="person-list"),
    path("nguoi-dung/them/", views.person_add, name="person-add"),
    path("nguoi-dung/<str:username>/", views.person_detail, name="person-detail"),
    path("nguoi-dung/<str:username>/mat-khau/", views.person_password, name="person-password"),
    path("nguoi-dung/<str:username>/khoa/", views.person_close, name="person-close"),
    path("nguoi-dung/<str:username>/vang-mat/", absences.absence_add, name="absence-add"),
    path("nguoi-dung/<str:username>/vang-mat/<int:pk>/ket-thuc/", absences.absence_end, name="absence-end"),
    path("nguoi-dung/<str:username>/chuc-vu/", views.post_give, name="post-give"),
    path("nguoi-dung/<str:username>/chuc-vu/<int:pk>/ket-thuc/", views.post_end, name="post-end"),
]
