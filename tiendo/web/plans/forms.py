from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit, UnitGroup, UnitQuerySet
from tiendo.plans.actions.mandates import Named
from tiendo.plans.models import Assignment, DeadlineLine
from tiendo.plans.structure import Due
from tiendo.web.days import DayField

DATED = (DeadlineLine.Kind.MOMENT, DeadlineLine.Kind.PERIOD_END, DeadlineLine.Kind.RANGE)
KINDS = [(kind.value, kind.label) for kind in (*DATED, DeadlineLine.Kind.RECURRING, DeadlineLine.Kind.OPEN)]


class SourceForm(forms.Form):
    """Every change to what the plan says names the paper it rests on."""

    source = forms.CharField(
        label=_("Căn cứ"),
        max_length=500,
        help_text=_("Số, ngày văn bản hoặc ý kiến chỉ đạo. Ví dụ: Công văn số 120/UBND-TH ngày 05/02/2026."),
    )


class AssignForm(SourceForm):
    """A unit, or a group of units, and its part; `unit` of the cleaned data is the one chosen."""

    unit = forms.ChoiceField(label=_("Cơ quan, đơn vị hoặc nhóm đơn vị"))
    role = forms.ChoiceField(label=_("Vai trò"), choices=Assignment.Role.choices)
    field_order = ["unit", "role", "source"]

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units, self._groups = units, UnitGroup.objects.order_by("name", "pk")
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", "---------"),
            (gettext("Cơ quan, đơn vị"), list(self._units.values_list("code", "name"))),
            (gettext("Nhóm đơn vị"), list(self._groups.values_list("code", "name"))),
        ]

    def clean_unit(self) -> Unit | UnitGroup:
        code = self.cleaned_data["unit"]
        return self._units.filter(code=code).first() or self._groups.get(code=code)

    @property
    def named(self) -> dict[str, Any]:
        """What is chosen, as `assign_unit` or `assign_group` takes it."""
        data = dict(self.cleaned_data)
        chosen = data.pop("unit")
        return {"group" if isinstance(chosen, UnitGroup) else "unit": chosen, **data}


class DeadlineForm(SourceForm):
    kind = forms.ChoiceField(label=_("Loại thời hạn"), choices=KINDS)
    due_on = DayField(
        label=_("Ngày cuối còn trong hạn"),
        required=False,
        help_text=_("“Trước ngày 15/6” thì ngày cuối là 14/6. Để trống nếu thường xuyên hoặc không có ngày cuối."),
    )
    raw = forms.CharField(
        label=_("Ghi như trong văn bản"), required=False, max_length=200, help_text=_("Ví dụ: Quý III năm 2026.")
    )
    reason = forms.CharField(label=_("Lý do thay đổi"), widget=forms.Textarea({"rows": 3}))
    field_order = ["kind", "due_on", "raw", "reason", "source"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("kind") in DATED and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", ValidationError(gettext("Loại thời hạn này cần ngày cuối.")))
        return data

    @property
    def due(self) -> Due:
        """The deadline as `set_deadline` takes it."""
        data = self.cleaned_data
        return Due(raw=data["raw"] or None, kind=data["kind"], on=data["due_on"])


class MandateForm(SourceForm):
    """A document of a higher body; of one already known the number is enough."""

    number = forms.CharField(
        label=_("Số, ký hiệu văn bản cấp trên"),
        max_length=100,
        widget=forms.TextInput({"list": "known-numbers"}),
        help_text=_("Ví dụ: 57-NQ/TW. Văn bản đã có trong danh sách thì chỉ cần số, ký hiệu."),
    )
    kind = forms.CharField(label=_("Loại văn bản"), required=False, max_length=100)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False, max_length=200)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    title = forms.CharField(label=_("Trích yếu"), required=False, max_length=1000)
    field_order = ["number", "kind", "issuer", "issued_on", "title", "source"]

    @property
    def named(self) -> Named:
        """What was typed of the document beside its number."""
        data = self.cleaned_data
        return Named(
            kind=data["kind"] or None,
            issuer=data["issuer"] or None,
            issued_on=data["issued_on"],
            title=data["title"] or None,
        )


class FieldForm(SourceForm):
    value = forms.CharField(label=_("Nội dung"), widget=forms.Textarea({"rows": 4}))
    field_order = ["value", "source"]

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = label


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        posts = "; ".join(f"{post.title}, {post.unit.short_name}" for post in obj.current_posts)
        return f"{obj.full_name} – {posts}" if posts else str(obj.full_name)


class ChargeForm(forms.Form):
    user = PersonChoice(label=_("Người"), queryset=User.objects.none(), to_field_name="username")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do không công khai"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Nhiệm vụ sẽ không xuất hiện trên trang công khai, tệp tải về hay API. Đợt công bố hiện hành sẽ được đính "
            "chính ngay; các đợt trước có nhiệm vụ này được rút. Hệ thống không chứa bí mật nhà nước."
        ),
    )


class StartForm(forms.Form):
    starts_on = DayField(label=_("Ngày bắt đầu thực hiện"))


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("Nội dung mốc"), max_length=500, help_text=_("Ví dụ: trình dự thảo đề án."))
    due_on = DayField(label=_("Xong trước hết ngày"))


class FinishForm(forms.Form):
    done_on = DayField(label=_("Đã xong ngày"))


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button says it."""


class WorkbookForm(forms.Form):
    """The plan's workbook, edited."""

    file = forms.FileField(
        label=_("Tệp Excel đã sửa"),
        help_text=_("Tệp .xlsx tải xuống từ trang này; tối đa 20 MB."),
        widget=forms.FileInput({"accept": ".xlsx"}),
    )
