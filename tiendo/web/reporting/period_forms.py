"""Forms about periods, schedules, reopenings and the work programme: days as people say them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tiendo.calendars.periods import due_moment, vietnam_date
from tiendo.orgs.models import Unit, UnitKind
from tiendo.orgs.queries import reporting_units
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import Period
from tiendo.reporting.period_templates import TEMPLATES
from tiendo.web.days import DayField

LEVELS = (UnitKind.DEPARTMENT, UnitKind.COMMUNE, UnitKind.DISTRICT, UnitKind.PARTY)
COMMUNE_DAYS = 10


class UnitsField(forms.ModelMultipleChoiceField[Unit]):
    """Units that owe periodic reports, ticked one by one; the codes travel."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Unit.objects.none(), to_field_name="code", widget=forms.CheckboxSelectMultiple, **kwargs)

    def offer(self, on: date) -> None:
        self.queryset = reporting_units(on=on)


class PeriodForm(forms.Form):
    """A period; the due moment is the midnight after the last good day, for each level of unit its own if given."""

    plan = forms.ModelChoiceField(label=_("Kế hoạch"), queryset=Plan.objects.none())
    name = forms.CharField(label=_("Tên kỳ"), max_length=200)
    data_from = DayField(label=_("Số liệu từ ngày"))
    data_to = DayField(label=_("Số liệu đến trước ngày"), help_text=_("Ngày chốt số liệu, không tính ngày này."))
    opens_on = DayField(label=_("Mở nhập từ ngày"))
    last_good_day = DayField(
        label=_("Ngày cuối nộp đúng hạn"),
        help_text=_("“Trước ngày 15/6” nghĩa là ngày cuối nộp đúng hạn là 14/6."),
    )
    due_text = forms.CharField(label=_("Hạn ghi trong văn bản"), max_length=200)
    asks_estimate = forms.BooleanField(label=_("Hỏi ước thực hiện đến 31/12"), required=False)
    only_units = UnitsField(
        label=_("Chỉ các đơn vị này"), required=False, help_text=_("Bỏ trống: mọi đơn vị phải báo cáo định kỳ.")
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["only_units"].offer(timezone.localdate())  # type: ignore[attr-defined]
        for level in _levels():
            self.fields[f"day_{level}"] = DayField(
                label=_("Ngày cuối của %(level)s") % {"level": level.label}, required=False
            )

    @property
    def level_fields(self) -> list[forms.BoundField]:
        """The days that differ by level, shown apart."""
        return [self[name] for name in self.fields if name.startswith("day_")]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("day_") and name != "only_units"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"data_from", "data_to"} <= given.keys() and given["data_to"] <= given["data_from"]:
            self.add_error("data_to", _("Ngày chốt số liệu phải sau ngày bắt đầu."))
        for name in ["last_good_day", *(name for name in self.fields if name.startswith("day_"))]:
            if given.get(name) and given.get("opens_on") and given[name] < given["opens_on"]:
                self.add_error(name, _("Hạn nộp phải sau ngày mở."))
        return given

    def for_action(self) -> dict[str, Any]:
        """The cleaned values as `reporting.actions.create_period` takes them."""
        given = {name: value for name, value in self.cleaned_data.items() if not name.startswith("day_")}
        opens_on, last = given.pop("opens_on"), given.pop("last_good_day")
        days = {level.value: self.cleaned_data.get(f"day_{level}") for level in _levels()}
        given["deadlines"] = {level: due_moment(day) for level, day in days.items() if day and day != last}
        given["opens_at"] = timezone.make_aware(datetime.combine(opens_on, time()))
        return given | {"due_at": due_moment(last)}


def period_as_typed(period: Period) -> dict[str, Any]:
    """What the form shows of a period that is to be changed."""
    own = ("plan", "name", "data_from", "data_to", "last_good_day", "due_text", "asks_estimate")
    days = {f"day_{row.level}": last_day_before(row.due_at) for row in period.deadlines.all()}
    return {
        **{name: getattr(period, name) for name in own},
        **days,
        "opens_on": timezone.localdate(period.opens_at),
        "only_units": list(period.only_units.values_list("code", flat=True)),
    }


class ScheduleForm(forms.Form):
    """A template to put in force; shown as dates before anything is kept."""

    plan = forms.ModelChoiceField(label=_("Kế hoạch"), queryset=Plan.objects.none())
    template = forms.ChoiceField(label=_("Mẫu kỳ"), choices=())
    started_on = DayField(label=_("Áp dụng từ ngày"))
    commune_days = forms.IntegerField(
        label=_("Hạn của cấp xã so với hạn chung (ngày làm việc)"),
        min_value=-COMMUNE_DAYS,
        max_value=COMMUNE_DAYS,
        initial=0,
        help_text=_("Ghi -2 nếu xã, phường nộp sớm hơn hai ngày làm việc; 0 nếu cùng hạn."),
    )
    asks_estimate = forms.BooleanField(label=_("Hỏi ước thực hiện đến 31/12"), required=False)

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["template"].choices = [(code, _(each.words)) for code, each in TEMPLATES.items()]  # type: ignore[attr-defined]


class ReopenForm(forms.Form):
    """What to open again, until the end of which day, and why."""

    task = forms.ModelChoiceField(
        label=_("Phần được mở lại"),
        queryset=Task.objects.none(),
        required=False,
        empty_label=_("Cả báo cáo của đơn vị"),
    )
    last_day = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)

    def __init__(self, *args: Any, tasks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]
        self.fields["task"].label_from_instance = lambda task: f"{task.code} – {task.title[:90]}"  # type: ignore[attr-defined]

    def for_action(self) -> dict[str, Any]:
        """The cleaned values as `reporting.actions.reopen` takes them."""
        given = dict(self.cleaned_data)
        return given | {"until": due_moment(given.pop("last_day"))}


class ProgrammeForm(forms.Form):
    """A line of the Party committee's work programme that asks for a report."""

    plan = forms.ModelChoiceField(label=_("Kế hoạch"), queryset=Plan.objects.none())
    title = forms.CharField(label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
    held_on = DayField(label=_("Ngày họp, làm việc"))
    report_due_on = DayField(label=_("Ngày cuối gửi báo cáo"))
    document = forms.CharField(label=_("Số, ký hiệu văn bản"), required=False, max_length=200)
    units = UnitsField(label=_("Đơn vị phải báo cáo"))

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["units"].offer(timezone.localdate())  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Lý do hủy"), max_length=500)


def say_where(form: forms.Form, error: forms.ValidationError) -> None:
    """Say each sentence of an act's refusal at its field, where the form has one of that name."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in by_field.items():
        form.add_error(name if name in form.fields else None, sentences)


def last_day_before(due_at: datetime) -> date:
    """The last day on which something due at that moment is on time."""
    return vietnam_date(due_at - timedelta(microseconds=1))


def _levels() -> list[UnitKind]:
    """Levels of which some unit owes reports, in their usual order."""
    owing = set(Unit.objects.filter(reports=True).order_by().values_list("kind", flat=True).distinct())
    return [level for level in LEVELS if level in owing]
