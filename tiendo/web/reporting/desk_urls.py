"""Addresses of the acts that move a report inside its unit; part of the reporting area."""

from django.urls import path

from tiendo.web.reporting import desks

urlpatterns = [
    path("bao-cao/<int:pk>/trinh/", desks.duty_forward, name="duty-forward"),
    path("bao-cao/<int:pk>/chuyen-lai/", desks.duty_push_back, name="duty-push-back"),
    path("bao-cao/<int:pk>/rut-lai/", desks.duty_recall, name="duty-recall"),
    path("bao-cao/<int:pk>/so-van-ban/", desks.duty_document, name="duty-document"),
    path("don-vi/<slug:code>/buoc-duyet/", desks.step_list, name="step-list"),
    path("don-vi/<slug:code>/buoc-duyet/<int:pk>/bo/", desks.step_end, name="step-end"),
]
