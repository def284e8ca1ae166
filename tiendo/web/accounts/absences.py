"""Vắng mặt và người thay: who is away when, and who does their work meanwhile."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.actions import end_absence
from tiendo.accounts.models import Absence, Role, User
from tiendo.accounts.permissions import can_record_absence, holds, require
from tiendo.accounts.queries import people_of, people_visible_to
from tiendo.reporting.actions import announce_absence
from tiendo.web.accounts.forms import attempt
from tiendo.web.days import DayField
from tiendo.web.requests import SignedInRequest


class AbsenceForm(forms.Form):
    """From the first to the last day, why, and who stands in."""

    first_day = DayField(label=gettext_lazy("Từ ngày"))
    last_day = DayField(label=gettext_lazy("Đến hết ngày"))
    substitute = forms.ModelChoiceField(
        label=gettext_lazy("Người thay"),
        queryset=User.objects.none(),
        to_field_name="username",
        required=False,
        empty_label=gettext_lazy("— không có người thay —"),
        help_text=gettext_lazy("Người thay làm mọi việc của chức vụ trong những ngày này; nhật ký ghi rõ thay cho ai."),
    )
    reason = forms.CharField(label=gettext_lazy("Lý do, văn bản ủy quyền"), max_length=500)

    def __init__(self, *args: Any, person: User, by: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = frozenset(post.unit_id for post in person.posts_today if post.user_id == person.pk)
        people = User.objects.filter(is_active=True) if holds(by, Role.ADMINISTRATOR) else people_of(own, on=on)
        self.fields["substitute"].queryset = people.exclude(pk=person.pk).order_by("full_name")  # type: ignore[attr-defined]
        self.fields["first_day"].initial = on


@require_http_methods(["GET", "POST"])
def absence_add(request: SignedInRequest, username: str) -> HttpResponse:
    """Record that a person is away, and see the times before."""
    person = get_object_or_404(people_visible_to(request.user), username=username)
    require(can_record_absence(request.user, person))
    form = AbsenceForm(request.POST or None, person=person, by=request.user, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        data, by, at = form.cleaned_data, request.user, timezone.now()
        if attempt(form, lambda: announce_absence(user=person, by=by, at=at, **data)):
            messages.success(request, _("Đã ghi vắng mặt."))
            return redirect("accounts:absence-add", username)
    absences = Absence.objects.visible_to(request.user).filter(user=person).select_related("substitute", "recorded_by")
    context = {"person": person, "form": form, "absences": absences, "today": timezone.localdate()}
    return render(request, "web/accounts/absence_add.html", context)


@require_POST
def absence_end(request: SignedInRequest, username: str, pk: int) -> HttpResponse:
    """Back before time, or never gone."""
    absences = Absence.objects.visible_to(request.user).filter(user__username=username)
    end_absence(absence=get_object_or_404(absences, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("Đã kết thúc vắng mặt; người thay không còn thay nữa."))
    return redirect("accounts:absence-add", username)
