"""What is typed about a change of the plan: the wish itself, the draft's name, the decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.orgs.models import Unit
from tiendo.oversight.amendment_wants import FIELDS, Change, day_of
from tiendo.plans.models import Plan
from tiendo.reporting.actions.evidence import EVIDENCE_TYPES
from tiendo.web.days import DayField

KIND_WORDS = {
    Change.ADD: gettext_lazy("Bổ sung nhiệm vụ"),
    Change.CHANGE: gettext_lazy("Sửa nội dung"),
    Change.EXTEND: gettext_lazy("Gia hạn"),
    Change.TRANSFER: gettext_lazy("Chuyển cơ quan chủ trì"),
    Change.DROP: gettext_lazy("Thôi thực hiện"),
}
FORM_FIELDS = {"due": ("due_on", "due_raw"), "performing": ()}  # enterprises are charged by hand


class WishForm(forms.Form):
    """One change of the plan: only the fields of its kind, filled with what the task says now."""

    title = forms.CharField(label=gettext_lazy("Tên nhiệm vụ"), max_length=1000)
    description = forms.CharField(label=gettext_lazy("Nội dung"), max_length=5000, widget=forms.Textarea({"rows": 4}))
    group = forms.ChoiceField(label=gettext_lazy("Nhóm nhiệm vụ"), required=False)
    lead = forms.ModelChoiceField(
        label=gettext_lazy("Cơ quan chủ trì"), queryset=Unit.objects.none(), to_field_name="code"
    )
    coordinating = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Cơ quan phối hợp"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=gettext_lazy("Giữ phím Ctrl để chọn nhiều cơ quan."),
    )
    due_on = DayField(label=gettext_lazy("Thời hạn: ngày cuối còn trong hạn"), required=False)
    due_raw = forms.CharField(
        label=gettext_lazy("Thời hạn ghi bằng chữ"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Quý III năm 2027; thường xuyên."),
    )
    product = forms.CharField(label=gettext_lazy("Sản phẩm"), required=False, max_length=1000)
    authority = forms.CharField(label=gettext_lazy("Thẩm quyền quyết định"), required=False, max_length=500)
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    file = forms.FileField(
        label=gettext_lazy("Văn bản kèm theo"),
        required=False,
        widget=forms.FileInput({"accept": ",".join(f".{each}" for each in sorted(EVIDENCE_TYPES))}),
    )

    def __init__(
        self, *given: Any, kind: Change, plan: Plan, on: date, now: Mapping[str, Any], with_file: bool, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.initial = _initial(now)
        self.kind, self.now = kind, now
        wanted = {each for name in FIELDS[kind] for each in FORM_FIELDS.get(name, (name,))}
        shown = wanted | {"reason"} | ({"file"} if with_file else set())
        for name in set(self.fields) - shown:
            del self.fields[name]
        units = Unit.objects.in_force(on).order_by("sort_key")
        for name in {"lead", "coordinating"} & shown:
            self.fields[name].queryset = units  # type: ignore[attr-defined]
        if "group" in shown:
            groups = [(each.code, each.title) for each in plan.groups.order_by("position")]
            self.fields["group"].choices = [("", _("Không thuộc nhóm nào")), *groups]  # type: ignore[attr-defined]
        if kind == Change.EXTEND:
            self.fields["due_on"].required = True

    @property
    def wanted(self) -> dict[str, Any]:
        """What was typed, in the shape of terms."""
        data = self.cleaned_data
        said = {name: data[name].strip() or None for name in FIELDS[self.kind] if isinstance(data.get(name), str)}
        if "due_on" in data:
            said["due"] = self._due(data["due_on"], data["due_raw"].strip())
        if "lead" in data:
            said["lead"] = self._named("lead", [data["lead"]])
        if "coordinating" in data:
            said["coordinating"] = self._named("coordinating", data["coordinating"])
        return said

    def _due(self, day: date | None, raw: str) -> dict[str, Any] | None:
        was = self.now.get("due") or {}
        if day == day_of(was) and raw in ("", was.get("raw") or ""):
            return dict(was) or None
        if day is None and not raw:
            return {"raw": None, "kind": "missing", "on": None}
        kept = raw and (raw != (was.get("raw") or "") or day is None)
        words = raw if kept else f"{day:%d/%m/%Y}"
        return {"raw": words, "kind": "moment" if day else "open", "on": day.isoformat() if day else None}

    def _named(self, role: str, units: Any) -> list[dict[str, Any]]:
        """The units chosen, each printed as the plan prints it; words that name no unit stay."""
        was = self.now.get(role) or []
        printed = {each["unit"]: each["printed"] for each in was if each["unit"]}
        words = [each for each in was if not each["unit"]] if role == "coordinating" else []
        return [{"unit": unit.code, "printed": printed.get(unit.code)} for unit in units] + words


class AnswerForm(forms.Form):
    answer = forms.CharField(label=gettext_lazy("Ý kiến"), max_length=4000, widget=forms.Textarea({"rows": 3}))


class AmendmentForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Tên dự thảo"),
        max_length=500,
        help_text=gettext_lazy("Ví dụ: Sửa đổi, bổ sung Kế hoạch thực hiện Nghị quyết 57 (lần 1)."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Tóm tắt, lý do chung"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )


class DecisionForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("Số, ký hiệu quyết định"), max_length=100)
    issued_on = DayField(label=gettext_lazy("Ngày ký"))
    in_force_from = DayField(
        label=gettext_lazy("Có hiệu lực từ ngày"),
        help_text=gettext_lazy("Ngày hôm nay thì kế hoạch đổi ngay; ngày sau này thì hệ thống tự đổi đúng ngày."),
    )
    answer = forms.CharField(
        label=gettext_lazy("Ý kiến"), required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )
    file = forms.FileField(
        label=gettext_lazy("Quyết định đã ký"),
        required=False,
        help_text=gettext_lazy("Chưa có tệp thì hệ thống giữ nội dung quyết định bằng chữ."),
        widget=forms.FileInput({"accept": ",".join(f".{each}" for each in sorted(EVIDENCE_TYPES))}),
    )


def _initial(now: Mapping[str, Any]) -> dict[str, Any]:
    due = now.get("due") or {}
    lead = next((each["unit"] for each in now.get("lead") or () if each["unit"]), None)
    helpers = [each["unit"] for each in now.get("coordinating") or () if each["unit"]]
    words = {name: now.get(name) or "" for name in ("title", "description", "group", "product", "authority")}
    day = day_of(due)
    raw = due.get("raw") or ""
    plain = day is not None and raw == f"{day:%d/%m/%Y}"
    return words | {"due_on": day, "due_raw": "" if plain else raw, "lead": lead, "coordinating": helpers}
