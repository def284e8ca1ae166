"""Forms in which a person mends one proposal; each gives back the whole edited value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.intake.extraction.target_cells import parse_target
from tiendo.intake.models import Proposal
from tiendo.orgs.models import Unit
from tiendo.web.days import DayField
from tiendo.web.intake.agencies import AgencyRows
from tiendo.web.intake.units import UnitNames

Value = dict[str, Any]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


@dataclass(frozen=True)
class Surroundings:
    """The proposal and what its form offers: headings of groups, names of units, names other rows leave open."""

    proposal: Proposal
    titles: Mapping[str, str]
    names: UnitNames
    others: Mapping[str, int]


class EditForm(forms.Form):
    """Text fields of a proposal's value, by their own names; an emptied field is null again."""

    def __init__(self, data: Any, *, surroundings: Surroundings, auto_id: str = "id_%s") -> None:
        self.proposal = surroundings.proposal
        super().__init__(data, initial=self.given(self.proposal.value), auto_id=auto_id)

    def given(self, value: Value) -> Value:
        """What the fields show at first."""
        return {name: value.get(name) for name in self.base_fields}

    def edited(self) -> Value:
        """The proposal's value with what was typed, once `is_valid()`."""
        return self.proposal.value | {name: self.typed(name) for name in self.base_fields}

    def typed(self, name: str) -> Any:
        """What was typed in a field: null when empty, lines ending as the house keeps them."""
        value = self.cleaned_data[name] or None
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def learned(self) -> dict[str, Unit]:
        """Printed names for which a unit was chosen."""
        return {}


class SectionForm(EditForm):
    title = forms.CharField(label=_("Tên mục"), widget=_area(3))


class ItemForm(EditForm):
    text = forms.CharField(label=_("Nội dung"), widget=_area(8))


class RepairForm(EditForm):
    proposed = forms.CharField(label=_("Sửa thành"))


class AnnexForm(EditForm):
    label = forms.CharField(label=_("Tên phụ lục"), help_text=_("Ví dụ: Phụ lục II."))


class DocumentForm(EditForm):
    """What the paper says of itself; number and date may be filled from the issued copy."""

    kind = forms.CharField(label=_("Loại văn bản"), required=False)
    symbol = forms.CharField(label=_("Ký hiệu"), required=False)
    number = forms.CharField(label=_("Số"), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False)
    place = forms.CharField(label=_("Nơi ban hành"), required=False)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    title = forms.CharField(label=_("Trích yếu"), required=False, widget=_area(4))
    signer = forms.CharField(label=_("Người ký"), required=False)
    capacity = forms.CharField(label=_("Chức vụ người ký"), required=False)
    recipients = forms.CharField(
        label=_("Nơi nhận"), required=False, widget=_area(6), help_text=_("Mỗi dòng một nơi nhận.")
    )

    def given(self, value: Value) -> Value:
        signer = value.get("signer") or {}
        named = {"signer": signer.get("name"), "capacity": signer.get("capacity")}
        return super().given(value) | named | {"recipients": "\n".join(value.get("recipients") or ())}

    def edited(self) -> Value:
        typed = {name: self.typed(name) for name in self.base_fields}
        day: date | None = typed["issued_on"]
        typed["issued_on"] = day.isoformat() if day else None
        typed["signer"] = {"capacity": typed.pop("capacity"), "name": typed["signer"]}
        typed["recipients"] = [line.strip() for line in (typed["recipients"] or "").splitlines() if line.strip()]
        return self.proposal.value | typed


class _WithAgencies(EditForm):
    """A form whose last fields choose the unit of each agency printed."""

    roles: tuple[tuple[str, Any], ...] = ()

    def __init__(self, data: Any, *, surroundings: Surroundings, auto_id: str = "id_%s") -> None:
        super().__init__(data, surroundings=surroundings, auto_id=auto_id)
        self.agencies = AgencyRows(self.proposal.value, self.roles, surroundings.names, surroundings.others)
        self.fields |= self.agencies.fields()

    def learned(self) -> dict[str, Unit]:
        return self.agencies.learned(self.cleaned_data)

    def edited(self) -> Value:
        return super().edited() | self.agencies.edited(self.cleaned_data)


class IndicatorForm(_WithAgencies):
    roles = (("lead", _("Chủ trì")),)
    name = forms.CharField(label=_("Tên chỉ tiêu"), widget=_area(2))
    unit_text = forms.CharField(label=_("Đơn vị tính"), required=False)
    target = forms.CharField(label=_("Mục tiêu"), required=False, help_text=_("Như trong văn bản, ví dụ: ≥ 80."))
    horizon = forms.CharField(label=_("Năm đích"), required=False)

    def given(self, value: Value) -> Value:
        return super().given(value) | {"target": (value.get("target") or {}).get("raw")}

    def edited(self) -> Value:
        edited, typed, was = super().edited(), self.cleaned_data["target"], self.proposal.value.get("target")
        same = typed == ((was or {}).get("raw") or "")
        return edited | {"target": was if same else parse_target(typed)}


class TaskForm(_WithAgencies):
    """A task; what the document does not give may be filled only with the paper it rests on."""

    roles = (("lead", _("Chủ trì")), ("coordinating", _("Phối hợp")))
    title = forms.CharField(label=_("Tên ngắn của nhiệm vụ"), widget=_area(2))
    description = forms.CharField(label=_("Nội dung"), widget=_area(5))
    group = forms.ChoiceField(label=_("Nhóm nhiệm vụ"), required=False)
    product = forms.CharField(label=_("Sản phẩm"), required=False)
    due = DayField(label=_("Ngày cuối còn đúng hạn"), required=False)
    note = forms.CharField(
        label=_("Căn cứ của phần điền thêm"),
        required=False,
        help_text=_("Bắt buộc khi điền sản phẩm, thời hạn hoặc cơ quan mà văn bản không ghi."),
    )

    def __init__(self, data: Any, *, surroundings: Surroundings, auto_id: str = "id_%s") -> None:
        super().__init__(data, surroundings=surroundings, auto_id=auto_id)
        titles, proposal = surroundings.titles, self.proposal
        self.fields["group"] = forms.ChoiceField(
            label=_("Nhóm nhiệm vụ"), required=False, choices=_group_choices(titles, proposal.value.get("group"))
        )
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    def given(self, value: Value) -> Value:
        notes = list((value.get("notes") or {}).values())
        return super().given(value) | {"due": (value.get("due") or {}).get("on"), "note": notes[0] if notes else None}

    def clean(self) -> Value:
        given = super().clean() or {}
        if not self.errors and self._by_hand() and not given["note"]:
            self.add_error("note", _("Hãy ghi căn cứ: số văn bản hoặc ý kiến chỉ đạo."))
        return given

    def edited(self) -> Value:
        edited = super().edited()
        edited.pop("note")
        edited |= {"due": self._due(), "notes": dict.fromkeys(self._by_hand(), self.cleaned_data["note"])}
        return edited if edited["notes"] else {name: edited[name] for name in edited if name != "notes"}

    def _due(self) -> Any:
        """The due as read, unless another day was typed."""
        was, day = self.proposal.value.get("due"), self.cleaned_data["due"]
        if (day.isoformat() if day else None) == (was or {}).get("on"):
            return was
        raw = (self.proposal.printed.get("due") or {}).get("raw")
        kind = "moment" if day else "missing"
        on = day.isoformat() if day else None
        return {"raw": raw, "kind": kind, "on": on, "from": None, "rrule": None, "before": False}

    def _by_hand(self) -> list[str]:
        """Fields whose value is not what the document printed."""
        printed, typed = self.proposal.printed, self.cleaned_data
        due = (self._due() or {}).get("on") != (printed.get("due") or {}).get("on")
        product = (typed["product"] or None) != printed.get("product")
        changed = {"product": product, "due": due} | self.agencies.by_hand(typed)
        return [name for name, is_changed in changed.items() if is_changed]


def _group_choices(titles: Mapping[str, str], printed: str | None) -> list[tuple[str, Any]]:
    """The headings of the task part, and the words of a group row that is none of them."""
    choices: dict[str, Any] = {"": _("— chưa thuộc nhóm nào —")}
    choices |= {path: f"{path}. {title}" for path, title in titles.items()}
    return list(({printed: printed} | choices if printed else choices).items())


FORMS: dict[str, type[EditForm]] = {
    "document": DocumentForm,
    "section": SectionForm,
    "item": ItemForm,
    "task": TaskForm,
    "indicator": IndicatorForm,
    "annex": AnnexForm,
    "repair": RepairForm,
}
