"""What is typed about an inspection, on the page and in the field."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.register_papers import Paper
from tiendo.oversight.models import Finding, Inspection
from tiendo.plans.models import Plan, Task
from tiendo.web.days import DayField

LONG = 4000
PHOTOS = "image/jpeg,image/png"


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """No file, or several."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        return [super(ManyFilesField, self).clean(each, initial) for each in data or []]


def text(label: object, *, rows: int = 3, required: bool = True, **more: Any) -> forms.CharField:
    """Words over several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=str(label), max_length=LONG, widget=area, required=required, **more)


def paper_of(upload: "UploadedFile[Any] | None") -> Paper | None:
    return Paper(upload.read(), upload.name or "") if upload else None


class PaperForm(forms.Form):
    """A form with a paper; `values()` are what the act takes."""

    file = forms.FileField(label=_("Tệp văn bản"), required=False)
    field_order: list[str] = []

    def values(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return given | {"paper": paper_of(self.cleaned_data["file"])}


class ProgrammeForm(PaperForm):
    plan = forms.ModelChoiceField(queryset=Plan.objects.none(), label=_("Kế hoạch"))
    year = forms.IntegerField(label=_("Năm"), min_value=2020, max_value=2100)
    title = forms.CharField(label=_("Tên chương trình"), max_length=300)
    decision = forms.CharField(label=_("Số, ngày quyết định"), max_length=200)
    field_order = ["plan", "year", "title", "decision", "file"]

    def __init__(self, *given: Any, plans: QuerySet[Plan], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]


class InspectionForm(forms.Form):
    """A line of the programme."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("Đơn vị được kiểm tra"))
    title = forms.CharField(label=_("Tên cuộc kiểm tra"), max_length=300)
    scope = text(_("Nội dung, phạm vi"))
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"))

    def __init__(self, *given: Any, units: QuerySet[Unit], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class SurpriseForm(InspectionForm):
    plan = forms.ModelChoiceField(queryset=Plan.objects.none(), label=_("Kế hoạch"))
    field_order = ["plan", "unit"]

    def __init__(self, *given: Any, plans: QuerySet[Plan], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]


class ScopeForm(forms.Form):
    """What is looked at, when, and which tasks of the unit."""

    title = forms.CharField(label=_("Tên cuộc kiểm tra"), max_length=300)
    scope = text(_("Nội dung, phạm vi"))
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"))
    tasks = forms.ModelMultipleChoiceField(
        queryset=Task.objects.none(),
        label=_("Nhiệm vụ được kiểm tra"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, tasks: QuerySet[Task], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["tasks"].queryset = tasks  # type: ignore[attr-defined]
        self.fields["tasks"].label_from_instance = lambda task: f"{task.code} {task.title}"  # type: ignore[attr-defined]


class TeamForm(forms.Form):
    user = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Người"))
    is_leader = forms.BooleanField(label=_("Là trưởng đoàn"), required=False)

    def __init__(self, *given: Any, people: QuerySet[User], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class AnnounceForm(PaperForm):
    decision = forms.CharField(label=_("Số, ngày quyết định kiểm tra"), max_length=200)
    field_order = ["decision", "file"]


class ConcludeForm(PaperForm):
    number = forms.CharField(label=_("Số, ngày kết luận"), max_length=200)
    conclusion = text(_("Kết luận"), rows=6)
    field_order = ["number", "conclusion", "file"]


class ReasonForm(forms.Form):
    reason = text(_("Lý do"), rows=2)


class RecommendForm(forms.Form):
    """A thing to be done after the conclusion."""

    text = text(_("Việc phải làm"))
    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("Đơn vị thực hiện"))
    due_on = DayField(label=_("Xong trước hết ngày"))
    finding = forms.ModelChoiceField(queryset=Finding.objects.none(), label=_("Theo phát hiện"), required=False)

    def __init__(self, *given: Any, inspection: Inspection, units: QuerySet[Unit], **more: Any) -> None:
        super().__init__(*given, **{"initial": {"unit": inspection.unit_id}} | more)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["finding"].queryset = inspection.findings.standing()  # type: ignore[attr-defined]


class ChecklistForm(forms.Form):
    lines = forms.CharField(
        label=_("Mục cần kiểm tra, mỗi dòng một mục"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class FindingForm(forms.Form):
    """One finding in the field: the same form with and without scripts."""

    draft_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    seen_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    weight = forms.ChoiceField(label=_("Mức độ"), choices=Finding.Weight.choices, widget=forms.RadioSelect)
    text = text(_("Điều đã thấy"), rows=5)
    about = forms.ChoiceField(label=_("Về nhiệm vụ, số liệu nào"), required=False)
    contradicts = forms.BooleanField(label=_("Khác với số liệu đã báo cáo"), required=False)
    photos = ManyFilesField(
        label=_("Ảnh, giấy tờ"), required=False, widget=ManyFiles(attrs={"accept": f"{PHOTOS},application/pdf"})
    )

    def __init__(self, *given: Any, subjects: list[Any], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["about"].choices = [("", "–"), *subjects]  # type: ignore[attr-defined]


class PhotoForm(forms.Form):
    draft_key = forms.UUIDField()
    file = forms.FileField()
