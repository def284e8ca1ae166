"""Forms of the yearly evaluation."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.evaluation.asking import Asked
from tiendo.evaluation.models import CriteriaSet
from tiendo.evaluation.states import ANSWER_WORDS, SUBJECT_WORDS, VOICE_WORDS, Answer, Subject, Voice
from tiendo.plans.terms import version_in_force
from tiendo.web.days import DayField

AREA = forms.Textarea(attrs={"rows": 2})


class CycleForm(forms.Form):
    """A cycle; the groups offered are those of the sets in force."""

    title = forms.CharField(label=_("Tên đợt đánh giá"), max_length=300, required=False)
    year = forms.IntegerField(label=_("Năm"), min_value=2020, max_value=2100)
    subject = forms.ChoiceField(label=_("Đánh giá"), choices=())
    criteria = forms.ModelChoiceField(label=_("Bộ tiêu chí đang áp dụng"), queryset=CriteriaSet.objects.none())
    data_from = DayField(label=_("Số liệu từ ngày"))
    data_to = DayField(label=_("Số liệu đến trước ngày"), help_text=_("Ngày chốt số liệu, không tính ngày này."))
    self_until = DayField(label=_("Ngày cuối gửi tự đánh giá"))
    groups = forms.MultipleChoiceField(label=_("Nhóm được đánh giá"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, sets: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [(each.value, _(SUBJECT_WORDS[each])) for each in Subject]  # type: ignore[attr-defined]
        self.fields["criteria"].queryset = sets  # type: ignore[attr-defined]
        self.fields["criteria"].label_from_instance = lambda each: f"{each.title} ({each})"  # type: ignore[attr-defined]
        self.fields["groups"].choices = groups  # type: ignore[attr-defined]

    def for_action(self) -> dict[str, Any]:
        """The cleaned values as `open_cycle` takes them: tasks are held against the version of the last day."""
        given = dict(self.cleaned_data)
        version = version_in_force(given["criteria"].plan, given["data_to"] - timedelta(days=1))
        return given | {"subject": Subject(given["subject"]), "plan_version": version}


class AssessorForm(forms.Form):
    group = forms.ChoiceField(label=_("Nhóm"), choices=())
    user = forms.ModelChoiceField(label=_("Người thẩm định"), queryset=User.objects.none(), to_field_name="username")
    voice = forms.ChoiceField(label=_("Vai trò"), choices=())

    def __init__(self, *args: Any, people: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        self.fields["group"].choices = groups  # type: ignore[attr-defined]
        voices = (Voice.ASSESSOR, Voice.REFEREE)
        self.fields["voice"].choices = [(each.value, _(VOICE_WORDS[each])) for each in voices]  # type: ignore[attr-defined]

    def for_action(self) -> dict[str, Any]:
        return dict(self.cleaned_data) | {"voice": Voice(self.cleaned_data["voice"])}


class AdvanceForm(forms.Form):
    objection_until = DayField(label=_("Ngày cuối gửi ý kiến về kết quả"), required=False)


class DecideForm(forms.Form):
    decision = forms.CharField(label=_("Số, ký hiệu văn bản quyết định"), max_length=200)
    conclusion = forms.CharField(label=_("Kết luận"), max_length=4000, required=False, widget=AREA)


class AdjustForm(forms.Form):
    text = forms.CharField(label=_("Điều chỉnh"), max_length=2000, widget=AREA)
    document = forms.CharField(label=_("Văn bản làm căn cứ"), max_length=200)
    task = forms.CharField(label=_("Mã nhiệm vụ"), max_length=60, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Lý do"), max_length=1000)


class WordForm(forms.Form):
    """One person's word on one criterion: a level of its rubric, or a quantity; why; and a file."""

    voice = forms.ChoiceField(choices=[(each.value, each.value) for each in Voice], widget=forms.HiddenInput)
    criterion = forms.CharField(max_length=40, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    level = forms.TypedChoiceField(
        label=_("Mức"), choices=(), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    value = forms.DecimalField(label=_("Số lượng"), max_digits=24, decimal_places=6, required=False, localize=True)
    reason = forms.CharField(label=_("Căn cứ, lý do"), max_length=4000, widget=AREA)
    file = forms.FileField(label=_("Tệp minh chứng"), required=False)

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (each.level, f"{each.level}. {each.name} – {each.rubric}") for each in asked.levels
        ]
        self.fields["level" if asked.is_judged else "value"].required = True
        del self.fields["value" if asked.is_judged else "level"]

    def for_action(self) -> dict[str, Any]:
        """The cleaned values as `save_judgement` takes them."""
        given = dict(self.cleaned_data)
        file = given.pop("file", None)
        given |= {"voice": Voice(given["voice"]), "seen": given["seen"] or None}
        return given | ({"data": file.read(), "name": file.name} if file else {})


class ObjectionForm(forms.Form):
    criterion = forms.ChoiceField(label=_("Tiêu chí"), choices=())
    text = forms.CharField(label=_("Điều chưa thống nhất"), max_length=4000, widget=AREA)
    file = forms.FileField(label=_("Tệp kèm theo"), required=False)

    def __init__(self, *args: Any, asked: list[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = [(each.code, each.name) for each in asked]  # type: ignore[attr-defined]

    def for_action(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        file = given.pop("file", None)
        return given | ({"data": file.read(), "name": file.name} if file else {})


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("Trả lời"), choices=())
    text = forms.CharField(label=_("Lý do"), max_length=4000, widget=AREA)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(each.value, _(ANSWER_WORDS[each])) for each in Answer]  # type: ignore[attr-defined]

    def for_action(self) -> dict[str, Any]:
        return dict(self.cleaned_data) | {"answer": Answer(self.cleaned_data["answer"])}
