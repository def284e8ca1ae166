"""Forms of sets of criteria: a draft's beginning, its common rules, one criterion with bands and levels, links."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.evaluation import criteria as words
from tiendo.evaluation.criteria import Criterion, Kind
from tiendo.evaluation.describing import LEVEL_WORDS
from tiendo.evaluation.shipped import PRESETS, preset
from tiendo.indicators.models import Indicator
from tiendo.plans.models import Plan, PlanItem
from tiendo.ui.typed import parse_number
from tiendo.web.days import DayField

SPARE_ROWS = 2


def level_of(said: str) -> str:
    """The level somebody means, in the reader's words or in Vietnamese; a level of one's own is itself."""
    known = {word: code for code, word in LEVEL_WORDS.items()} | {_(word): code for code, word in LEVEL_WORDS.items()}
    return known.get(said.lower(), said)


class NumberField(forms.CharField):
    """An exact number with a decimal comma or point."""

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_number(text)
        except ValueError as error:
            raise forms.ValidationError(_("Hãy gõ một số, ví dụ 12,5.")) from error
        if not -(10**12) < number < 10**12 or number != round(number, 6):
            raise forms.ValidationError(_("Số quá lớn hoặc quá nhiều chữ số thập phân."))
        return number

    def prepare_value(self, value: Any) -> Any:
        return format(value, "f").replace(".", ",") if isinstance(value, Decimal) else value


def choices(table: Any) -> list[tuple[str, Any]]:
    """Codes and their words, in the reader's language."""
    return [(str(code), gettext_lazy(said)) for code, said in table.items()]


class DraftForm(forms.Form):
    """Where a draft begins: a shipped set; a version of ours is begun from its own page."""

    plan = forms.ModelChoiceField(label=gettext_lazy("Kế hoạch"), queryset=Plan.objects.none(), to_field_name="code")
    code = forms.SlugField(
        label=gettext_lazy("Mã bộ tiêu chí"), max_length=60, help_text=gettext_lazy("Ví dụ: xep-hang-so-nganh.")
    )
    start = forms.ChoiceField(label=gettext_lazy("Soạn từ"), widget=forms.RadioSelect, choices=())

    def __init__(self, *given: Any, plans: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["start"].choices = [(code, preset(code).title) for code in PRESETS]  # type: ignore[attr-defined]


class CommonForm(forms.Form):
    """What holds for the whole set and is often changed."""

    title = forms.CharField(label=gettext_lazy("Tên bộ tiêu chí"), max_length=300)
    source = forms.CharField(label=gettext_lazy("Căn cứ"), max_length=300)
    total = NumberField(label=gettext_lazy("Tổng điểm"))
    decimals = forms.IntegerField(label=gettext_lazy("Làm tròn đến số chữ số thập phân"), min_value=0, max_value=6)
    deadline = forms.ChoiceField(
        label=gettext_lazy("Chậm tính theo"), choices=choices(words.DEADLINE_WORDS), widget=forms.RadioSelect
    )
    excused = forms.BooleanField(
        label=gettext_lazy("Nguyên nhân khách quan được xác nhận thì không coi là chậm"), required=False
    )
    not_due = forms.BooleanField(label=gettext_lazy("Tính cả nhiệm vụ chưa đến hạn"), required=False)
    lead = NumberField(label=gettext_lazy("Hệ số chủ trì"))
    coordinating = NumberField(label=gettext_lazy("Hệ số phối hợp"))
    levels = forms.CharField(
        label=gettext_lazy("Hệ số nhiệm vụ theo mức"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng: mức, dấu hai chấm, hệ số. Ví dụ: cao: 2"),
    )
    usual = forms.ChoiceField(
        label=gettext_lazy("Mức của mục không nêu riêng"), choices=choices(LEVEL_WORDS), widget=forms.RadioSelect
    )
    items = forms.CharField(
        label=gettext_lazy("Mục kế hoạch có hệ số riêng"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng: mã mục, dấu hai chấm, mức (cao, trung bình, thấp). Ví dụ: III.1.3#4: cao"),
    )

    apart = forms.IntegerField(
        label=gettext_lazy("Hai người thẩm định được lệch nhau (mức)"),
        min_value=0,
        max_value=9,
        help_text=gettext_lazy("Lệch hơn thì mời người thứ ba."),
    )
    settings = forms.CharField(
        label=gettext_lazy("Điều văn bản để mở, do bộ này quyết"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Mỗi dòng: điều gì, dấu hai chấm, quyết thế nào. Người đọc thấy đây là thiết lập."),
    )

    def clean_levels(self) -> dict[str, Decimal]:
        found = {}
        for level, typed in split_lines(self.cleaned_data["levels"]):
            points = NumberField().clean(typed)
            if points is None or points <= 0:
                raise forms.ValidationError(_("Mức “%(level)s”: hệ số phải lớn hơn 0.") % {"level": level})
            found[level_of(level)] = points
        return found

    def clean_items(self) -> dict[str, str]:
        pairs = split_lines(self.cleaned_data["items"])
        return {item: level_of(level) for item, level in pairs}

    def clean_settings(self) -> list[tuple[str, str]]:
        return split_lines(self.cleaned_data["settings"], first=True)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        levels, items = given.get("levels"), given.get("items", {})
        if levels is not None and given.get("usual") not in levels and "usual" not in self.errors:
            self.add_error("usual", _("Mức này chưa có hệ số."))
        if levels is not None and (unknown := sorted(set(items.values()) - set(levels))):
            self.add_error("items", _("Chưa có hệ số của mức “%(level)s”.") % {"level": unknown[0]})
        return given


def split_lines(text: str, *, first: bool = False) -> list[tuple[str, str]]:
    """Pairs parted by the last colon of each line (with `first` by the first). Raises for a line without both ends."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        one, colon, other = line.partition(":") if first else line.rpartition(":")
        if not (colon and one.strip() and other.strip()):
            raise forms.ValidationError(_("Không đọc được dòng “%(line)s”.") % {"line": line.strip()})
        found.append((one.strip(), other.strip()))
    return found


class NewCriterionForm(forms.Form):
    """What every criterion has; the rest is asked on its own page."""

    code = forms.SlugField(label=gettext_lazy("Mã tiêu chí"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Tên tiêu chí"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Cách chấm"), choices=choices(words.KIND_WORDS))
    weight = NumberField(label=gettext_lazy("Trọng số (điểm tối đa)"))

    def __init__(self, *given: Any, taken: Iterable[str] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.taken = set(taken)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if code in self.taken:
            raise forms.ValidationError(_("Bộ tiêu chí đã có mã này."))
        return code.lower()


class CriterionForm(forms.Form):
    """One criterion; fields of other kinds are left out."""

    name = forms.CharField(label=gettext_lazy("Tên tiêu chí"), max_length=300)
    group = forms.CharField(label=gettext_lazy("Nhóm tiêu chí"), max_length=120, required=False)
    weight = NumberField(label=gettext_lazy("Trọng số (điểm tối đa)"))
    description = forms.CharField(
        label=gettext_lazy("Giải thích"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reads = forms.ChoiceField(label=gettext_lazy("Đọc số liệu nào"), choices=choices(words.READING_WORDS))
    indicator = forms.ChoiceField(
        label=gettext_lazy("Chỉ tiêu"), required=False, help_text=gettext_lazy("Chỉ cần khi đọc một chỉ tiêu.")
    )
    unit = forms.CharField(label=gettext_lazy("Đơn vị tính"), max_length=40, required=False)
    zero_at = NumberField(
        label=gettext_lazy("Mức được 0 điểm"),
        required=False,
        help_text=gettext_lazy("Chia đều giữa hai mức; bỏ trống khi dùng các khoảng điểm dưới đây."),
    )
    full_at = NumberField(label=gettext_lazy("Mức được trọn điểm"), required=False)
    late_report = NumberField(label=gettext_lazy("Hệ số của báo cáo muộn (0 đến 1)"))
    completion = forms.ChoiceField(label=gettext_lazy("Mức hoàn thành"), choices=choices(words.COMPLETION_WORDS))
    combine = forms.ChoiceField(label=gettext_lazy("Kết quả một nhiệm vụ"), choices=choices(words.COMBINE_WORDS))
    delay = NumberField(label=gettext_lazy("Chậm trừ phần (0 đến 1)"), help_text=gettext_lazy("0,25 là 25 %."))
    failed_check = NumberField(label=gettext_lazy("Mỗi lần không đạt chất lượng trừ phần (0 đến 1)"))
    without_evidence = NumberField(label=gettext_lazy("Không có minh chứng: nhân với (0 đến 1)"))
    reliability = forms.ChoiceField(label=gettext_lazy("Độ tin cậy của khai báo"), choices=choices(words.TRUST_WORDS))
    weight_low = NumberField(
        label=gettext_lazy("Trọng số thấp nhất khi tính khoảng hạng"),
        required=False,
        help_text=gettext_lazy("Bỏ trống thì theo biên độ chung của bộ tiêu chí."),
    )
    weight_high = NumberField(label=gettext_lazy("Trọng số cao nhất khi tính khoảng hạng"), required=False)

    OF_KIND = {
        Kind.QUANTITATIVE: ("reads", "indicator", "unit", "zero_at", "full_at"),
        Kind.DISCIPLINE: ("late_report",),
        Kind.TASK_RESULTS: ("completion", "combine", "delay", "failed_check", "without_evidence", "reliability"),
        Kind.QUALITATIVE: (),
    }

    def __init__(self, *given: Any, criterion: Criterion, indicators: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **({"initial": _initial(criterion)} | more))
        for kind, names in self.OF_KIND.items():
            for name in names if kind is not criterion.kind else ():
                del self.fields[name]
        if "indicator" in self.fields:
            self.fields["indicator"].choices = [("", "–"), *indicators]  # type: ignore[attr-defined]


def _initial(criterion: Criterion) -> dict[str, object]:
    """What the form shows at first: every part of the criterion under its field's name."""
    found: dict[str, object] = {}
    for part in (criterion, criterion.measure, criterion.tasks):
        found |= vars(part) if part is not None else {}
    return found


class BandForm(forms.Form):
    low = NumberField(label=gettext_lazy("Từ"), required=False)
    high = NumberField(label=gettext_lazy("Đến dưới"), required=False)
    points = NumberField(label=gettext_lazy("Điểm"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("points") is None and (given.get("low") is not None or given.get("high") is not None):
            self.add_error("points", _("Thiếu điểm của khoảng này."))
        return given


class LevelForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Tên mức"), max_length=120, required=False)
    rubric = forms.CharField(
        label=gettext_lazy("Thế nào là đạt mức này"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence = forms.CharField(label=gettext_lazy("Minh chứng cần có"), max_length=500, required=False)
    points = NumberField(label=gettext_lazy("Điểm"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("points") is None and any(given.get(name) for name in ("name", "rubric", "evidence")):
            self.add_error("points", _("Thiếu điểm của mức này."))
        return given


BandRows = forms.formset_factory(BandForm, extra=SPARE_ROWS)
LevelRows = forms.formset_factory(LevelForm, extra=1)


class LinkForm(forms.Form):
    """What the criterion serves: an indicator or a clause."""

    indicator = forms.ModelChoiceField(
        label=gettext_lazy("Chỉ tiêu"), queryset=Indicator.objects.none(), required=False, to_field_name="code"
    )
    item = forms.ModelChoiceField(
        label=gettext_lazy("Hoặc mục của kế hoạch"), queryset=PlanItem.objects.none(), required=False
    )

    def __init__(self, *given: Any, indicators: Any, items: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["indicator"].label_from_instance = named_indicator  # type: ignore[attr-defined]
        self.fields["item"].label_from_instance = lambda item: f"{item.path} {item.text[:90]}"  # type: ignore[attr-defined]


def named_indicator(indicator: Indicator) -> str:
    """Code and name; `passports` holds the one in force, fetched with the list."""
    name = next((passport.name for passport in indicator.passports.all()), "")
    return f"{indicator.code} {name}".strip()


class DecideForm(forms.Form):
    decision = forms.CharField(label=gettext_lazy("Số, ngày văn bản ban hành"), max_length=300)
    in_force_from = DayField(label=gettext_lazy("Áp dụng từ ngày"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=1000)
