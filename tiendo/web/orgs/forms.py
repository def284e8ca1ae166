from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.calendars.working_days import is_working_day
from tiendo.orgs.models import OfficeDay, Unit, UnitKind, UnitQuerySet
from tiendo.orgs.words import fold
from tiendo.web.days import DayField


class UnitFilter(forms.Form):
    q = forms.CharField(label=_("Tìm tên, tên viết tắt, mã"), required=False)
    kind = forms.ChoiceField(label=_("Loại"), required=False, choices=[("", _("Tất cả")), *UnitKind.choices])
    past = forms.BooleanField(label=_("Cả đơn vị đã kết thúc"), required=False)

    def units(self, by: User, on: date) -> UnitQuerySet:
        """Units that match; those in force unless past ones are asked for."""
        asked = self.cleaned_data if self.is_valid() else {}
        units = Unit.objects.visible_to(by).standing()
        if not asked.get("past"):
            units = units.in_force(on)
        if asked.get("kind"):
            units = units.filter(kind=asked["kind"])
        for word in fold(asked.get("q") or "").split():
            units = units.filter(folded__contains=word) | units.filter(code__contains=word)
        return units


class UnitForm(forms.Form):
    """A new unit. Its code and legal name are for good; a rename is a succession."""

    code = forms.SlugField(
        label=_("Mã"),
        max_length=60,
        help_text=_("Chữ không dấu, số và gạch nối; xã, phường dùng mã đơn vị hành chính."),
    )
    name = forms.CharField(label=_("Tên đầy đủ"), max_length=300)
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Loại"), choices=UnitKind.choices, initial=UnitKind.DEPARTMENT)
    parent = forms.ModelChoiceField(
        label=_("Cơ quan cấp trên"), queryset=Unit.objects.none(), required=False, to_field_name="code"
    )
    aliases = forms.CharField(
        label=_("Cách gọi khác trong văn bản"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Mỗi dòng một cách gọi."),
    )
    reports = forms.BooleanField(label=_("Phải báo cáo định kỳ"), required=False)
    valid_from = DayField(
        label=_("Hoạt động từ ngày"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: object, on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["parent"].queryset = Unit.objects.in_force(on)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Unit.objects.filter(code=code).exists():
            raise ValidationError(gettext("Mã này đã dùng cho một đơn vị khác."))
        return code

    def clean_aliases(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip())


class CorrectUnitForm(forms.Form):
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=120)
    official_id = forms.CharField(
        label=_("Mã định danh"),
        required=False,
        max_length=40,
        help_text=_("Theo Quyết định 20/2020/QĐ-TTg; nhập đúng mã đã cấp."),
    )
    reports = forms.BooleanField(label=_("Phải báo cáo định kỳ"), required=False)


class MemberForm(forms.Form):
    """A unit that comes to belong to a group."""

    unit = forms.ModelChoiceField(label=_("Đơn vị"), queryset=Unit.objects.none(), to_field_name="code")
    valid_from = DayField(label=_("Thuộc nhóm từ ngày"), required=False, help_text=_("Để trống: từ trước đến nay."))

    def __init__(self, *args: object, on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["unit"].queryset = Unit.objects.in_force(on)  # type: ignore[attr-defined]


class MemberEndForm(forms.Form):
    on = DayField(label=_("Thôi thuộc nhóm từ ngày"))


class MemberCorrectForm(forms.Form):
    valid_from = DayField(label=_("Thuộc nhóm từ ngày"), required=False)
    valid_to = DayField(label=_("Thôi thuộc nhóm từ ngày"), required=False)
    reason = forms.CharField(label=_("Lý do sửa"), max_length=300)


class UndoForm(forms.Form):
    """Why a recorded change is undone."""

    reason = forms.CharField(label=_("Lý do hủy"), max_length=300)


class OfficeDayForm(forms.Form):
    """A day on which offices differ from the known calendar, and the paper that says so."""

    day = DayField(label=_("Ngày"))
    kind = forms.ChoiceField(label=_("Ngày này"), choices=OfficeDay.Kind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Theo văn bản"), max_length=300, help_text=_("Số, ký hiệu, ngày của thông báo; ví dụ 12/TB-UBND.")
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not 2000 <= day.year <= 2100:
            raise ValidationError(gettext("Hãy xem lại năm."))
        return day

    def clean(self) -> dict[str, object]:
        """A word that changes nothing is asked about: it is nearly always a slip in the day."""
        given = super().clean() or {}
        if {"day", "kind"} <= given.keys():
            works = is_working_day(given["day"])
            if works == (given["kind"] == OfficeDay.Kind.WORKED):
                said = gettext("Ngày này vốn đã là ngày làm việc.") if works else gettext("Ngày này vốn đã được nghỉ.")
                self.add_error("day", said)
        return given


class OfficeDayRemoveForm(forms.Form):
    reason = forms.CharField(label=_("Văn bản, lý do bỏ"), max_length=300)
