"""Forms of how a set ranks: overall bands, the limit on a band, groups compared, bounds of rank intervals."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.evaluation import criteria as words
from tiendo.evaluation.criteria import Content
from tiendo.orgs.models import UnitKind
from tiendo.web.evaluation.criteria_forms import NumberField, choices

PERCENT = gettext_lazy("Tỷ lệ phải từ 0 đến 100 %.")


class PercentField(NumberField):
    """A share in percent, from 0 to 100."""

    def clean(self, value: Any) -> Decimal | None:
        number = super().clean(value)
        if number is not None and not 0 <= number <= 100:
            raise forms.ValidationError(PERCENT)
        return number


class OverallForm(forms.Form):
    """One overall band: its name, from how many points on, and what it asks beside points."""

    name = forms.CharField(label=gettext_lazy("Tên mức"), max_length=120, required=False)
    low = NumberField(label=gettext_lazy("Từ (điểm)"), required=False)
    all_on_time = forms.BooleanField(label=gettext_lazy("Mọi nhiệm vụ đúng hạn"), required=False)
    all_completed = forms.BooleanField(label=gettext_lazy("Hoàn thành mọi nhiệm vụ"), required=False)
    late_share = PercentField(label=gettext_lazy("Chậm không quá (%)"), required=False)
    beyond_share = PercentField(label=gettext_lazy("Vượt mức ít nhất (%)"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.is_kept and not given.get("name"):
            self.add_error("name", _("Thiếu tên của mức này."))
        if self.is_kept and given.get("low") is None and "low" not in self.errors:
            self.add_error("low", _("Thiếu điểm thấp nhất của mức này."))
        return given

    @property
    def is_kept(self) -> bool:
        """Whether anything stands in the row; an emptied one is taken out."""
        return any(value not in ("", None, False) for value in self.cleaned_data.values())

    @property
    def asks(self) -> bool:
        given = self.cleaned_data
        ticked = given.get("all_on_time") or given.get("all_completed")
        return bool(ticked or given.get("late_share") is not None or given.get("beyond_share") is not None)


class OverallSet(forms.BaseFormSet[OverallForm]):
    """The bands together leave no gap down to 0, do not overlap, and lie within the total."""

    def __init__(self, *given: Any, total: Decimal, **more: Any) -> None:
        super().__init__(*given, **more)
        self.total = total

    @property
    def kept(self) -> list[tuple[int, OverallForm]]:
        """Rows with something in them and where they stood, the best band first."""
        rows = [(place, row) for place, row in enumerate(self.forms) if row.cleaned_data and row.is_kept]
        return sorted(rows, key=lambda each: each[1].cleaned_data.get("low") or Decimal(0), reverse=True)

    def clean(self) -> None:
        if any(row.errors for row in self.forms):
            return
        rows = [row for _place, row in self.kept]
        if not rows:
            raise forms.ValidationError(_("Cần ít nhất một mức xếp loại."))
        ends = [(row, row.cleaned_data["low"], row.cleaned_data["name"]) for row in rows]  # a fault takes a value away
        for (_one, high, name), (two, low, _name) in pairwise(ends):
            if high == low:
                two.add_error("low", _("Chồng lấn: mức “%(name)s” cũng bắt đầu từ điểm này.") % {"name": name})
        self._check_ends(*ends[0][:2], *ends[-1][:2])

    def _check_ends(self, best: OverallForm, high: Decimal, last: OverallForm, low: Decimal) -> None:
        if last.asks:
            last.add_error("name", _("Mức thấp nhất không kèm điều kiện."))
        if high > self.total:
            best.add_error("low", _("Cao hơn tổng điểm của bộ tiêu chí."))
        if low != 0:
            last.add_error("low", _("Hở phía dưới: mức thấp nhất phải từ 0 điểm để phiếu nào cũng có mức."))


class GroupForm(forms.Form):
    """One group of cards ranked together: its name and the kinds of units in it."""

    name = forms.CharField(label=gettext_lazy("Tên nhóm"), max_length=120, required=False)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Loại cơ quan"),
        choices=UnitKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("name") and not given.get("kinds"):
            self.add_error("kinds", _("Chọn ít nhất một loại cơ quan."))
        if given.get("kinds") and not given.get("name"):
            self.add_error("name", _("Thiếu tên nhóm."))
        return given


class GroupSet(forms.BaseFormSet[GroupForm]):
    """Each kind of units is in one group at most."""

    @property
    def kept(self) -> list[tuple[int, GroupForm]]:
        return [(place, row) for place, row in enumerate(self.forms) if row.cleaned_data.get("name")]

    def clean(self) -> None:
        if any(row.errors for row in self.forms):
            return
        held: dict[str, str] = {}
        for _place, row in self.kept:
            for kind in row.cleaned_data["kinds"]:
                if kind in held:
                    words = _("Chồng lấn: “%(kind)s” đã ở nhóm “%(group)s”.")
                    row.add_error("kinds", words % {"kind": UnitKind(kind).label, "group": held[kind]})
                held.setdefault(kind, row.cleaned_data["name"])
        if not held:
            raise forms.ValidationError(_("Cần ít nhất một nhóm so sánh."))


OverallRows: Any = forms.formset_factory(OverallForm, formset=OverallSet, extra=1)
GroupRows = forms.formset_factory(GroupForm, formset=GroupSet, extra=1)


class RankingForm(forms.Form):
    """The limit on one band, and how far weights move when rank intervals are drawn."""

    quota_band = forms.ChoiceField(label=gettext_lazy("Giới hạn mức"), required=False)
    quota_percent = PercentField(label=gettext_lazy("Không quá (%)"), required=False)
    quota_base = forms.ChoiceField(label=gettext_lazy("Tính trên"), choices=choices(words.BASE_WORDS), required=False)
    quota_ties = forms.ChoiceField(
        label=gettext_lazy("Bằng điểm ở ngưỡng"), choices=choices(words.AT_QUOTA_WORDS), required=False
    )
    spread = PercentField(
        label=gettext_lazy("Trọng số xê dịch (%)"),
        help_text=gettext_lazy("Mỗi lần rút lại, trọng số lệch lên hoặc xuống tối đa chừng này. Ví dụ: 20."),
    )
    interval = PercentField(
        label=gettext_lazy("Giữ phần ở giữa (%)"),
        help_text=gettext_lazy("Phần các lần rút mà khoảng hạng phải chứa. Ví dụ: 90."),
    )

    def __init__(self, *given: Any, content: Content, **more: Any) -> None:
        super().__init__(*given, **more)
        bands = [(band.code, band.name) for band in content.overall[:-1]]
        self.fields["quota_band"].choices = [("", _("không giới hạn")), *bands]  # type: ignore[attr-defined]

    def clean_spread(self) -> Decimal:
        number = Decimal(self.cleaned_data["spread"])
        if number >= 100:
            raise forms.ValidationError(_("Phải nhỏ hơn 100 % để trọng số không về 0."))
        return number

    def clean_interval(self) -> Decimal:
        number = Decimal(self.cleaned_data["interval"])
        if number <= 0:
            raise forms.ValidationError(_("Phải lớn hơn 0 %."))
        return number

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("quota_band") and given.get("quota_percent") is None and "quota_percent" not in self.errors:
            self.add_error("quota_percent", _("Ghi tỷ lệ, hoặc chọn không giới hạn."))
        if given.get("quota_percent") is not None and not given.get("quota_band"):
            self.add_error("quota_band", _("Chọn mức bị giới hạn."))
        return given
