"""What is typed in the registers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tiendo.indicators.models import Indicator
from tiendo.orgs.models import Unit
from tiendo.oversight.models import Pilot, RelatedProgramme
from tiendo.plans.models import Plan, Tag, Task
from tiendo.reporting.models import Submission
from tiendo.web.days import DayField

FILE_HELP = _("PDF, DOCX, XLSX, PNG hoặc JPG; tối đa 20 MB.")
TEXT = {"rows": 3}


class PlanChoice(forms.ModelChoiceField["Plan"]):
    def label_from_instance(self, obj: Plan) -> str:
        return f"{obj.code}: {obj.title}"


class UnitChoice(forms.ModelChoiceField["Unit"]):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class PaperField(forms.FileField):
    """A file that may be handed in along with the rest."""

    def __init__(self, *, label: Any, help_text: Any = FILE_HELP) -> None:
        widget = forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"})
        super().__init__(label=label, required=False, help_text=help_text, widget=widget)


class Choosing(forms.Form):
    """A form whose choices come with it: `rows` by the name of the field."""

    def __init__(self, *args: Any, rows: dict[str, QuerySet[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]


class CallForm(Choosing):
    plan = PlanChoice(label=_("Theo kế hoạch"), queryset=Plan.objects.none(), to_field_name="code", empty_label=None)
    year = forms.IntegerField(label=_("Năm"), min_value=2020, max_value=2100)
    due_on = DayField(label=_("Ngày cuối còn trong hạn"), help_text=_("“Trước ngày 28/02” thì ngày cuối là 27/02."))
    source = forms.CharField(label=_("Căn cứ"), max_length=500, help_text=_("Số văn bản hoặc ý kiến chỉ đạo."))


class UnitPlanForm(Choosing):
    unit = UnitChoice(label=_("Đơn vị"), queryset=Unit.objects.none(), to_field_name="code", empty_label=None)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100)
    signed_on = DayField(label=_("Ngày ký"))
    title = forms.CharField(label=_("Tên kế hoạch"), max_length=1000, widget=forms.Textarea(attrs=TEXT))
    file = PaperField(label=_("Tệp kế hoạch"))


class RelatedForm(Choosing):
    plan = PlanChoice(
        label=_("Liên quan đến kế hoạch"), queryset=Plan.objects.none(), to_field_name="code", empty_label=None
    )
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100)
    title = forms.CharField(label=_("Tên chương trình, kế hoạch"), max_length=1000, widget=forms.Textarea(attrs=TEXT))
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    reviewer = UnitChoice(label=_("Cơ quan rà soát"), queryset=Unit.objects.none(), to_field_name="code")
    due_on = DayField(label=_("Rà soát xong trước hết ngày"))


class ReviewForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Kết quả rà soát"), choices=RelatedProgramme.Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Lý do, đề xuất"), required=False, max_length=4000, widget=forms.Textarea(attrs=TEXT)
    )
    replaced_by = forms.CharField(label=_("Văn bản sửa đổi, thay thế"), required=False, max_length=300)


class TagForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại nhãn"), choices=Tag.Kind.choices)
    name = forms.CharField(label=_("Tên nhãn"), max_length=120)


class TagNameForm(forms.Form):
    name = forms.CharField(label=_("Tên nhãn"), max_length=120)


class PutTagForm(Choosing):
    tag = forms.ModelChoiceField(label=_("Nhãn"), queryset=Tag.objects.none(), to_field_name="code")


class PilotForm(Choosing):
    plan = PlanChoice(label=_("Thuộc kế hoạch"), queryset=Plan.objects.none(), to_field_name="code", empty_label=None)
    kind = forms.ChoiceField(label=_("Loại"), choices=Pilot.Kind.choices)
    title = forms.CharField(label=_("Nội dung"), max_length=1000, widget=forms.Textarea(attrs=TEXT))
    decision = forms.CharField(label=_("Văn bản cho phép"), max_length=300)
    unit = UnitChoice(label=_("Đơn vị thực hiện"), queryset=Unit.objects.none(), to_field_name="code")
    task = forms.CharField(
        label=_("Mã nhiệm vụ"), required=False, max_length=60, help_text=_("Nếu là một nhiệm vụ của kế hoạch.")
    )
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"))
    supervisor = UnitChoice(
        label=_("Cơ quan giám sát"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        help_text=_("Bắt buộc với thử nghiệm có kiểm soát."),
    )
    conditions = forms.CharField(
        label=_("Điều kiện, giới hạn"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=TEXT),
        help_text=_("Bắt buộc với thử nghiệm có kiểm soát."),
    )


class PilotRecordForm(forms.Form):
    happened_on = DayField(label=_("Ngày"))
    text = forms.CharField(label=_("Nội dung"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    paper_number = forms.CharField(label=_("Số, ngày văn bản"), required=False, max_length=300)
    file = PaperField(label=_("Tệp kèm theo"))


class TaskChoices(forms.ModelMultipleChoiceField["Task"]):
    def label_from_instance(self, obj: Task) -> str:
        return f"{obj.code} · {obj.title}"


class SubmissionChoices(forms.ModelMultipleChoiceField["Submission"]):
    def label_from_instance(self, obj: Submission) -> str:
        return f"{obj.entry.duty.period.name} · {obj.entry.task.code}"


class IndicatorChoices(forms.ModelMultipleChoiceField["Indicator"]):
    def label_from_instance(self, obj: Indicator) -> str:
        return f"{obj.code} · {obj.passports.all()[0].name}"


class CommendationForm(Choosing):
    """The plan and the unit are chosen before, since the results on offer are theirs."""

    person = forms.CharField(
        label=_("Cá nhân"), required=False, max_length=120, help_text=_("Để trống nếu khen tập thể.")
    )
    form = forms.CharField(label=_("Hình thức khen thưởng"), max_length=200)
    decision = forms.CharField(label=_("Số, ngày quyết định"), max_length=200)
    decided_on = DayField(label=_("Ngày quyết định"))
    reason = forms.CharField(label=_("Thành tích"), max_length=4000, widget=forms.Textarea(attrs=TEXT))
    tasks = TaskChoices(
        label=_("Nhiệm vụ đã hoàn thành"),
        queryset=Task.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    submissions = SubmissionChoices(
        label=_("Báo cáo đã tiếp nhận"),
        queryset=Submission.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    indicators = IndicatorChoices(
        label=_("Chỉ tiêu của đơn vị"),
        queryset=Indicator.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class CommendedForm(Choosing):
    """Whom it is about."""

    plan = PlanChoice(label=_("Kế hoạch"), queryset=Plan.objects.none(), to_field_name="code", empty_label=None)
    unit = UnitChoice(label=_("Đơn vị được khen"), queryset=Unit.objects.none(), to_field_name="code")


class PerformerForm(Choosing):
    unit = UnitChoice(label=_("Doanh nghiệp"), queryset=Unit.objects.none(), to_field_name="code")
    source = forms.CharField(label=_("Căn cứ"), max_length=500, help_text=_("Hợp đồng, số văn bản."))
