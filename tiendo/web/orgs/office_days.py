"""The working calendar of a year: what the public calendar knows, and what the office entered beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.permissions import can_keep_office_days, require
from tiendo.calendars.working_days import known_days
from tiendo.orgs import actions
from tiendo.orgs.models import OfficeDay
from tiendo.web.orgs.forms import OfficeDayForm, OfficeDayRemoveForm
from tiendo.web.requests import SignedInRequest


@dataclass(frozen=True)
class CalendarDay:
    """One line of the calendar; `entered` is the office's own word, which goes before the public calendar's."""

    day: date
    works: bool
    words: str
    entered: OfficeDay | None = None


@require_http_methods(["GET", "POST"])
def office_day_list(request: SignedInRequest) -> HttpResponse:
    """A year's holidays and exchanged days; those who keep the calendar add to it by a paper."""
    form = OfficeDayForm(request.POST or None)
    if request.method == "POST":
        require(can_keep_office_days(request.user))
        if form.is_valid():
            actions.set_office_day(**form.cleaned_data, by=request.user.username, at=timezone.now())
            messages.success(request, _("Đã ghi vào lịch làm việc."))
            return redirect(_page_of(form.cleaned_data["day"].year))
    year = _year(request)
    context = {
        "year": year,
        "days": list(_days(year)),
        "form": form,
        "can_keep": can_keep_office_days(request.user),
        "tabs": [(str(each), _page_of(each), each == year) for each in range(year - 1, year + 2)],
    }
    return render(request, "web/orgs/office_day_list.html", context)


@require_POST
def office_day_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take away what was entered; without a paper nothing happens and the page says so."""
    require(can_keep_office_days(request.user))
    office_day = get_object_or_404(OfficeDay, pk=pk)
    form = OfficeDayRemoveForm(request.POST)
    if form.is_valid():
        actions.remove_office_day(
            office_day=office_day, reason=form.cleaned_data["reason"], by=request.user.username, at=timezone.now()
        )
        messages.success(request, _("Đã bỏ; ngày này theo lịch chung."))
    else:
        messages.error(request, _("Hãy ghi văn bản hoặc lý do bỏ ngày này."))
    return redirect(_page_of(office_day.day.year))


def _days(year: int) -> Iterator[CalendarDay]:
    language = "vi" if get_language() == "vi" else "en_US"
    entered = {row.day: row for row in OfficeDay.objects.filter(day__year=year)}
    known = {row.day: row for row in known_days(year, language=language)}
    for day in sorted({*entered, *known}):
        if row := entered.get(day):
            yield CalendarDay(day, row.kind == OfficeDay.Kind.WORKED, row.note, row)
        else:
            yield CalendarDay(day, known[day].works, known[day].name)


def _year(request: SignedInRequest) -> int:
    asked = request.GET.get("nam", "")
    this_year = timezone.localdate().year
    return int(asked) if asked.isascii() and asked.isdigit() and abs(int(asked[:6]) - this_year) <= 20 else this_year


def _page_of(year: int) -> str:
    return f"{reverse('orgs:office-day-list')}?nam={year}"
