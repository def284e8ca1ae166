"""What a person types to bring a document in, to accept it, and to put it aside."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.accounts.models import User
from tiendo.intake.finding import READABLE
from tiendo.intake.models import Import
from tiendo.intake.permissions import can_import, own_unit_ids
from tiendo.orgs.models import Unit
from tiendo.plans.models import Annex, Plan
from tiendo.web.days import DayField

NEW = "moi"
Choices = list[tuple[str, Any]]


FAMILIES = {"Word": ("docx", "doc"), "PDF": ("pdf",), "Excel": ("xlsx", "xls", "csv"), "HTML": ("html", "htm")}


def formats() -> str:
    """ "Word (.docx, .doc), PDF, Excel (.xlsx …)": what can be read here, in families that people know."""
    left, found = set(READABLE), []
    for family, members in FAMILIES.items():
        there = [each for each in members if each in left]
        left -= set(there)
        if there:
            names = ", ".join(f".{each}" for each in there)
            found.append(family if family.lower() == names.strip(".") else f"{family} ({names})")
    return ", ".join([*found, *(f".{each}" for each in sorted(left))])


class UploadForm(forms.Form):
    """A file, and what it is: a new plan, a change to one, an annex that is missing or has changed."""

    file = forms.FileField(label=gettext_lazy("Tệp văn bản"))
    purpose = forms.ChoiceField(label=gettext_lazy("Tệp này là"), required=False, initial=NEW)
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Đơn vị"), queryset=Unit.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = self._own_units(user)
        plans = Plan.objects.order_by("code")
        if self._own:
            plans = plans.filter(owner__in=self._own, under__isnull=False)
        self._plans = {f"plan-{plan.pk}": plan for plan in plans}
        annexes = Annex.objects.select_related("plan").filter(plan__in=plans).order_by("plan__code", "label")
        self._annexes = {f"annex-{annex.pk}": annex for annex in annexes}
        self.fields["purpose"].choices = self._choices()  # type: ignore[attr-defined]
        self.fields["purpose"].help_text = _(
            "Bản điều chỉnh được so với kế hoạch đang có; không có gì bị ghi đè trước khi chấp nhận."
        )
        self.fields["file"].help_text = _("Nhận tệp %(formats)s; tối đa 20 MB.") % {"formats": formats()}
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{each}" for each in sorted(READABLE))

    def annex(self) -> Annex | None:
        """The annex this file is, if it is one."""
        return self._annexes.get(self.cleaned_data["purpose"])

    def plan(self) -> Plan | None:
        """The plan this file changes, if it is a change."""
        return self._plans.get(self.cleaned_data["purpose"])

    def unit(self) -> Unit | None:
        """Whose own plan it is; None for what the coordinator brings in."""
        if not self._own:
            return None
        target = self.plan() or (annex.plan if (annex := self.annex()) else None)
        chosen: Unit | None = target.owner if target else self.cleaned_data.get("owner")
        return chosen or self._own[0]

    def _own_units(self, user: User) -> list[Unit]:
        """The units for which the person brings in plans; the choice stands only where there are several."""
        ids = () if can_import(user) else own_unit_ids(user)
        units = Unit.objects.filter(pk__in=ids).order_by("sort_key")
        self.fields["owner"].queryset = units  # type: ignore[attr-defined]
        found = list(units) if ids else []
        if len(found) < 2:
            del self.fields["owner"]
        return found

    def _choices(self) -> Choices:
        missing = [(key, _annex_words(each)) for key, each in self._annexes.items() if not each.document_id]
        there = [(key, _annex_words(each)) for key, each in self._annexes.items() if each.document_id]
        plans = [(key, f"{plan.code}: {plan.title}") for key, plan in self._plans.items()]
        groups = (
            (_("Phụ lục còn thiếu"), missing),
            (_("Điều chỉnh kế hoạch (hoặc bảng tính của kế hoạch đã sửa)"), plans),
            (_("Thay đổi phụ lục đã có"), there),
        )
        new = _("Kế hoạch mới của đơn vị") if self._own else _("Kế hoạch mới")
        return [(NEW, new), *((words, rows) for words, rows in groups if rows)]


def _annex_words(annex: Annex) -> str:
    return f"{annex.label} – {annex.plan.code}: {annex.plan.title}"


class AcceptForm(forms.Form):
    """What the plan is called, from when it counts, and the paper that decides it."""

    code = forms.SlugField(
        label=gettext_lazy("Mã kế hoạch"),
        max_length=40,
        help_text=gettext_lazy("Chữ không dấu, số và gạch nối. Mã nhiệm vụ bắt đầu bằng mã này, ví dụ KH57-001."),
    )
    title = forms.CharField(label=gettext_lazy("Tên kế hoạch"), widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.ModelChoiceField(label=gettext_lazy("Cơ quan ban hành"), queryset=Unit.objects.standing())
    under = forms.ModelChoiceField(
        label=gettext_lazy("Thực hiện kế hoạch"),
        queryset=Plan.objects.filter(under=None),
        required=False,
        empty_label=gettext_lazy("— không, đây là kế hoạch riêng —"),
        help_text=gettext_lazy("Chỉ chọn với kế hoạch chi tiết của một đơn vị: nhiệm vụ của nó được đếm riêng."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Văn bản quyết định"),
        help_text=gettext_lazy("Số, ký hiệu, ngày của văn bản cho phép thay đổi; được ghi vào sổ thời hạn và nhật ký."),
        required=False,
    )
    in_force_from = DayField(
        label=gettext_lazy("Có hiệu lực từ ngày"),
        help_text=gettext_lazy("Nhiệm vụ được theo dõi từ ngày này."),
    )

    def __init__(self, *args: Any, source: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source.unit_id:
            self.fields["owner"].queryset = Unit.objects.filter(pk=source.unit_id)  # type: ignore[attr-defined]
            self.fields["owner"].initial = source.unit_id
            self.fields["owner"].disabled = True
            self.fields["under"].required = True
        if source.plan_id:
            for name in ("code", "title", "owner", "under"):
                del self.fields[name]
        if not source.base_id:
            del self.fields["basis"]
        elif source.form == Import.Form.WORKBOOK:
            self.fields["basis"].required = True
        else:
            self.fields["basis"].help_text = _("Để trống thì ghi theo chính văn bản này.")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Plan.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("Mã này đã dùng cho một kế hoạch khác; hãy chọn mã khác."))
        return code


class DiscardForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do bỏ"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Lý do được ghi vào nhật ký."),
    )
