"""Khóa truy cập: which programs may act as whom, kept by the administrator."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.actions import end_api_key, issue_api_key
from tiendo.accounts.models import ApiKey, User
from tiendo.accounts.permissions import can_administer, require
from tiendo.web.accounts.forms import attempt
from tiendo.web.requests import SignedInRequest


class ApiKeyForm(forms.Form):
    """For whom and for which system."""

    user = forms.ModelChoiceField(
        label=gettext_lazy("Thay mặt cho ai"),
        queryset=User.objects.filter(is_active=True),
        to_field_name="username",
        help_text=gettext_lazy("Khóa mở được đúng những gì người này được làm; nhật ký ghi tên người này."),
    )
    name = forms.CharField(
        label=gettext_lazy("Dùng cho hệ thống nào"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Cổng dịch vụ công của tỉnh."),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def api_key_list(request: SignedInRequest) -> HttpResponse:
    """Every key; a new one is shown once, in the answer that made it."""
    require(can_administer(request.user))
    form, token = ApiKeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        made: list[str] = []
        data, by = form.cleaned_data, request.user
        if attempt(form, lambda: made.append(issue_api_key(**data, by=by, at=timezone.now())[1])):
            token, form = made[0], ApiKeyForm()
    keys = ApiKey.objects.select_related("user", "created_by").order_by("ended_at", "-created_at")
    status = 422 if form.errors else 200
    context = {"form": form, "token": token, "keys": keys}
    return render(request, "web/accounts/api_key_list.html", context, status=status)


@require_POST
def api_key_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The key opens nothing from now on."""
    require(can_administer(request.user))
    end_api_key(key=get_object_or_404(ApiKey, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("Đã thôi dùng khóa; từ bây giờ khóa không mở được gì nữa."))
    return redirect("accounts:api-key-list")
