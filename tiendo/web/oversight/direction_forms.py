"""What is typed about a leader's direction: the word itself, and the things units must do after it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.directing import Item
from tiendo.oversight.models import Meeting
from tiendo.plans.models import Plan, Task
from tiendo.web.days import DayField


class DirectionForm(forms.Form):
    """The word: whose, when, by which paper or at which meeting."""

    plan = forms.ModelChoiceField(label=gettext_lazy("Kế hoạch"), queryset=Plan.objects.none(), to_field_name="code")
    text = forms.CharField(
        label=gettext_lazy("Nội dung chỉ đạo"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    given_by = forms.CharField(label=gettext_lazy("Người chỉ đạo"), max_length=200)
    given_on = DayField(label=gettext_lazy("Ngày chỉ đạo"))
    paper = forms.CharField(label=gettext_lazy("Số, ngày văn bản"), max_length=200, required=False)
    meeting = forms.ModelChoiceField(
        label=gettext_lazy("Tại cuộc họp"), queryset=Meeting.objects.none(), required=False
    )

    def __init__(self, *given: Any, plans: QuerySet[Plan], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        meetings = Meeting.objects.filter(plan__in=plans)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["meeting"].label_from_instance = _meeting_words  # type: ignore[attr-defined]


def _meeting_words(meeting: Meeting) -> str:
    return f"{meeting.title}, {meeting.held_on:%d/%m/%Y}"


class ItemForm(forms.Form):
    """One thing one unit must do; a form left wholly empty asks for nothing."""

    unit = forms.ModelChoiceField(label=gettext_lazy("Đơn vị"), queryset=Unit.objects.none(), to_field_name="code")
    text = forms.CharField(label=gettext_lazy("Việc phải làm"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    due_on = DayField(label=gettext_lazy("Xong trước hết ngày"))
    task = forms.CharField(
        label=gettext_lazy("Mã nhiệm vụ liên quan"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *given: Any, user: User, units: QuerySet[Unit], **more: Any) -> None:
        super().__init__(*given, **more)
        self.user = user
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_task(self) -> Task | None:
        code = self.cleaned_data["task"].strip()
        if not code:
            return None
        task = Task.objects.visible_to(self.user).filter(code__iexact=code).first()
        if task is None:
            raise forms.ValidationError(_("Không có nhiệm vụ mang mã này."))
        return task

    @property
    def item(self) -> Item:
        data = self.cleaned_data
        return Item(data["unit"], data["text"], data["due_on"], data["task"])


class NoticeForm(forms.Form):
    """The notice of a meeting's conclusion."""

    conclusion = forms.CharField(label=gettext_lazy("Số, ngày thông báo kết luận"), max_length=200)
    file = forms.FileField(label=gettext_lazy("Tệp thông báo kết luận"), required=False)

    def values(self) -> dict[str, Any]:
        upload = self.cleaned_data["file"]
        given = {"data": upload.read(), "name": upload.name} if upload else {}
        return {"conclusion": self.cleaned_data["conclusion"], **given}


class MeetingForm(forms.Form):
    plan = forms.ModelChoiceField(label=gettext_lazy("Kế hoạch"), queryset=Plan.objects.none(), to_field_name="code")
    title = forms.CharField(label=gettext_lazy("Tên cuộc họp"), max_length=300)
    held_on = DayField(label=gettext_lazy("Ngày họp"))
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Meeting.Level.choices)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Huyện, xã nào (họp cấp tỉnh thì để trống)"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
    )
    chaired_by = forms.CharField(label=gettext_lazy("Chủ trì"), max_length=200, required=False)
    conclusion = forms.CharField(label=gettext_lazy("Số, ngày thông báo kết luận"), max_length=200, required=False)
    file = forms.FileField(label=gettext_lazy("Tệp thông báo kết luận"), required=False)

    def __init__(self, *given: Any, plans: QuerySet[Plan], units: QuerySet[Unit], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("level") and (values.get("unit") is None) != (values["level"] == Meeting.Level.PROVINCE):
            self.add_error("unit", _("Họp cấp tỉnh thì để trống; họp cấp huyện, cấp xã thì chọn đơn vị."))
        return values

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        upload = data.pop("file")
        return {**data, **({"data": upload.read(), "name": upload.name} if upload else {})}
