"""The forms of a reorganisation, step by step; units are named by their codes."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.orgs.models import Unit, UnitGroup, UnitKind, UnitQuerySet
from tiendo.orgs.reorganisation import Kind, NewUnit, Successor
from tiendo.web.days import DayField

SEVERAL = frozenset({Kind.MERGE, Kind.MOVE})  # kinds that take more than one unit at once
MAKES = frozenset({Kind.CREATE, Kind.RENAME, Kind.MERGE, Kind.SPLIT})
TAKES = frozenset({Kind.MERGE, Kind.SPLIT, Kind.DISSOLVE})  # kinds a standing unit may take over in
Grouped = list[tuple[str, list[tuple[str, str]]]]


def grouped(units: UnitQuerySet) -> Grouped:
    """Units as choices, kind by kind; one query."""
    rows = list(units.order_by("sort_key", "pk").values_list("kind", "code", "name"))
    found = ((str(kind.label), [(code, name) for each, code, name in rows if each == kind]) for kind in UnitKind)
    return [(label, choices) for label, choices in found if choices]


class FirstForm(forms.Form):
    """What happens to which units, from which day, by which decision."""

    prefix = "a"
    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in Kind], widget=forms.HiddenInput)
    predecessors = forms.MultipleChoiceField(label=_("Đơn vị cũ"), widget=forms.CheckboxSelectMultiple)
    stays = forms.BooleanField(
        label=_("Đơn vị cũ vẫn hoạt động (tách một phần)"),
        required=False,
        help_text=_("Khi ấy đơn vị cũ giữ mọi việc không nêu riêng."),
    )
    parent = forms.ChoiceField(label=_("Từ nay thuộc cơ quan"), required=False)
    effective_on = DayField(label=_("Có hiệu lực từ ngày"))
    decision = forms.CharField(
        label=_("Văn bản quyết định"), max_length=500, help_text=_("Số, ký hiệu, ngày, cơ quan ban hành.")
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, kind: Kind, units: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = kind.value
        if kind is Kind.CREATE:
            del self.fields["predecessors"]
        elif kind in SEVERAL:
            self.fields["predecessors"].choices = units  # type: ignore[attr-defined]
        else:
            self.fields["predecessors"] = forms.ChoiceField(label=_("Đơn vị cũ"), choices=[("", "—"), *units])
        if kind is not Kind.SPLIT:
            del self.fields["stays"]
        if kind is Kind.MOVE:
            self.fields["predecessors"].label = _("Đơn vị được chuyển")
            nobody = ("", _("Không thuộc cơ quan nào"))
            self.fields["parent"].choices = [nobody, *units]  # type: ignore[attr-defined]
        else:
            del self.fields["parent"]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the units before, when the form is valid."""
        given = self.cleaned_data.get("predecessors", ())
        return (given,) if isinstance(given, str) else tuple(given)


class SuccessorForm(forms.Form):
    """One unit that takes over: a standing one, or a new one with what is known of it; empty lines are left out."""

    existing = forms.ChoiceField(label=_("Đơn vị đang có"), required=False)
    name = forms.CharField(label=_("Tên đầy đủ của đơn vị mới"), required=False, max_length=300)
    code = forms.SlugField(
        label=_("Mã"), required=False, max_length=40, help_text=_("Chữ không dấu, số và gạch nối; dùng mãi.")
    )
    short_name = forms.CharField(label=_("Tên gọi tắt"), required=False, max_length=120)
    unit_kind = forms.ChoiceField(label=_("Loại"), required=False, choices=UnitKind.choices)
    parent = forms.ChoiceField(label=_("Cơ quan cấp trên"), required=False)
    groups = forms.MultipleChoiceField(label=_("Thuộc nhóm"), required=False, widget=forms.CheckboxSelectMultiple)
    aliases = forms.CharField(
        label=_("Cách gọi khác trong văn bản"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Mỗi dòng một cách gọi."),
    )  # fmt: skip
    reports = forms.BooleanField(label=_("Phải báo cáo định kỳ"), required=False, initial=True)
    functions = forms.CharField(
        label=_("Nhận chức năng, lĩnh vực"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Cách nhau bằng dấu chấm phẩy; dùng để gợi ý nhiệm vụ. Ví dụ: viễn thông; an toàn thông tin."),
    )

    def __init__(self, *args: Any, kind: Kind, units: Grouped, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["existing"].choices = [("", "—"), *units]  # type: ignore[attr-defined]
        self.fields["parent"].choices = [("", _("Không có")), *units]  # type: ignore[attr-defined]
        self.fields["groups"].choices = groups  # type: ignore[attr-defined]
        if kind not in TAKES:
            del self.fields["existing"]
        if kind not in MAKES:
            for name in ("name", "code", "short_name", "unit_kind", "parent", "groups", "aliases", "reports"):
                del self.fields[name]
        if kind not in (Kind.SPLIT, Kind.DISSOLVE):
            del self.fields["functions"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("existing") and data.get("name"):
            raise ValidationError(gettext("Hãy chọn đơn vị đang có hoặc ghi đơn vị mới, không cả hai."))
        if data.get("name") and not data.get("code") and "code" not in self.errors:
            self.add_error("code", gettext("Đơn vị mới cần mã."))
        if data.get("code") and not data.get("name") and not data.get("existing"):
            self.add_error("name", gettext("Đơn vị mới cần tên đầy đủ."))
        return data

    @property
    def new_fields(self) -> list[forms.BoundField]:
        names = ("name", "code", "short_name", "unit_kind", "parent", "groups", "aliases", "reports")
        return [self[name] for name in names if name in self.fields]

    def successor(self, *, is_default: bool) -> Successor | None:
        """As the decision words it; None for an empty line."""
        data = self.cleaned_data
        functions = data.get("functions", "")
        if data.get("existing"):
            return Successor(data["existing"], None, functions, is_default)
        if not data.get("name"):
            return None
        lines = (line.strip() for line in data["aliases"].splitlines())
        new = NewUnit(
            name=data["name"],
            short_name=data["short_name"],
            kind=data["unit_kind"] or UnitKind.DEPARTMENT.value,
            parent=data["parent"] or None,
            reports=data["reports"],
            aliases=tuple(line for line in lines if line),
            groups=tuple(data["groups"]),
        )
        return Successor(data["code"], new, functions, is_default)


def unit_choices() -> Grouped:
    """Units that a change may still concern."""
    return grouped(Unit.objects.standing().filter(valid_to=None))


def taker_choices(on: date | None) -> Grouped:
    """Units in force on the day, that may take over or stand above."""
    return grouped(Unit.objects.in_force(on)) if on else unit_choices()


def group_choices() -> list[tuple[str, str]]:
    return list(UnitGroup.objects.order_by("name").values_list("code", "name"))
