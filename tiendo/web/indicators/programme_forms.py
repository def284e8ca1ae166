"""What is typed about programmes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.indicators.models import Indicator
from tiendo.indicators.models.choices import codes
from tiendo.indicators.states import Frequency
from tiendo.orgs.models import Unit, UnitKind
from tiendo.plans.models import Plan
from tiendo.web.days import DayField
from tiendo.web.indicators.forms import IndicatorChoice, UnitChoice
from tiendo.web.plans.forms import PersonChoice


def _units() -> Any:
    return Unit.objects.standing().filter(valid_to=None).exclude(kind=UnitKind.COMMUNE)


class ProgrammeForm(forms.Form):
    """Title, who owns it, and how often it is measured and published (R082)."""

    title = forms.CharField(label=_("Tên chương trình"), max_length=300)
    owner = UnitChoice(label=_("Cơ quan chủ trì"), queryset=Unit.objects.none(), to_field_name="code")
    frequency = forms.ChoiceField(
        label=_("Chu kỳ đo và công bố"), choices=codes(Frequency), initial=Frequency.QUARTER.value
    )
    publish_days = forms.IntegerField(
        label=_("Hết kỳ bao nhiêu ngày thì phải công bố"), min_value=1, max_value=365, initial=30
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = _units()  # type: ignore[attr-defined]


class NewProgrammeForm(ProgrammeForm):
    code = forms.SlugField(label=_("Mã chương trình"), max_length=40, help_text=_("Ví dụ: chinh-phu-so."))
    plan = forms.ModelChoiceField(
        label=_("Thuộc kế hoạch"), queryset=Plan.objects.all(), required=False, to_field_name="code"
    )
    field_order = ["code", "title", "plan", "owner", "frequency", "publish_days"]


class ObjectiveForm(forms.Form):
    """An indicator, and who answers for it by unit and by name."""

    indicator = IndicatorChoice(label=_("Mã chỉ tiêu"), queryset=Indicator.objects.none(), to_field_name="code")
    unit = UnitChoice(
        label=_("Đơn vị chịu trách nhiệm"), queryset=Unit.objects.none(), required=False, to_field_name="code"
    )
    head = PersonChoice(
        label=_("Người đứng đầu chịu trách nhiệm"),
        queryset=User.objects.none(),
        required=False,
        to_field_name="username",
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = Indicator.objects.in_use()  # type: ignore[attr-defined]
        self.fields["unit"].queryset = _units()  # type: ignore[attr-defined]
        self.fields["head"].queryset = people  # type: ignore[attr-defined]


class ForceForm(forms.Form):
    on = DayField(label=_("Có hiệu lực từ ngày"))
    decision = forms.CharField(label=_("Văn bản ban hành"), max_length=300, help_text=_("Số, ngày quyết định."))


class EndForm(forms.Form):
    on = DayField(label=_("Ngày cuối cùng"))


class PublishForm(forms.Form):
    """The first time there is nothing to fill in; a correction says what it corrects."""

    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, is_again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_again:
            self.fields["note"].label = _("Đính chính điều gì")
            self.fields["note"].required = True
