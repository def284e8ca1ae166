"""What is typed about a difficulty: its words, and one small form for each act."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import office_calendar
from tiendo.oversight.actions.difficulties import Words
from tiendo.oversight.actions.difficulties_answering import Asked
from tiendo.oversight.difficulty_workflow import Act
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Plan, Task
from tiendo.web.days import DayField

LONGEST = 4000
REPLY_DAYS = 10  # working days offered for an answer


def _area(label: object, *, rows: int = 3, required: bool = True, help_text: object = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=widget, required=required, help_text=help_text)  # type: ignore[arg-type]


class DifficultyForm(forms.Form):
    """The words of a difficulty, with the tasks it holds up; tasks are ticked from those the unit has a part in."""

    plan = forms.ModelChoiceField(queryset=Plan.objects.none(), label=_("Kế hoạch"), to_field_name="code")
    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("Đơn vị"), to_field_name="code")
    title = _area(_("Khó khăn, vướng mắc"), help_text=_("Một việc cụ thể đang cản trở."))
    kind = forms.ChoiceField(label=_("Loại"), choices=Difficulty.Kind.choices)
    cause_kind = forms.ChoiceField(
        label=_("Nguyên nhân"), choices=Difficulty.Cause.choices, widget=forms.RadioSelect, initial="objective"
    )
    cause = _area(_("Nguyên nhân cụ thể"), rows=2, required=False)
    measure = _area(_("Đề xuất, kiến nghị"), help_text=_("Ai cần làm gì, trước ngày nào."))
    tasks = forms.ModelMultipleChoiceField(
        queryset=Task.objects.none(),
        label=_("Nhiệm vụ bị vướng"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, user: User, on: date, fixed: Difficulty | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        held = user.access.held_unit_ids
        tasks = Task.objects.visible_to(user).of_units(held).unfinished().order_by("plan", "position")
        if fixed is not None:
            tasks = tasks.filter(plan=fixed.plan_id) | Task.objects.filter(difficulties=fixed)
            del self.fields["plan"], self.fields["unit"]
        else:
            _choose(self, "plan", Plan.objects.visible_to(user))
            _choose(self, "unit", Unit.objects.filter(pk__in=held).in_force(on))
        _choose(self, "tasks", tasks.distinct())
        self.fields["tasks"].label_from_instance = _task_words  # type: ignore[attr-defined]

    def words(self) -> Words:
        names = ("kind", "cause_kind", "title", "measure", "cause")
        return Words(**{name: self.cleaned_data[name] for name in names})


class ActForm(forms.Form):
    """An act that takes nothing but the decision to do it."""

    def __init__(self, *given: Any, difficulty: Difficulty, user: User, on: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.difficulty, self.on = difficulty, on

    def values(self) -> dict[str, Any]:
        return {}


class ReasonForm(ActForm):
    reason = _area(_("Lý do"))

    def values(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class StopForm(ReasonForm):
    """Why the clock stands still, and until when at the latest."""

    resume_by = DayField(
        label=_("Tạm dừng đến hết ngày"), help_text=_("Sau ngày này hệ thống tự tính tiếp hạn trả lời.")
    )

    def __init__(self, *given: Any, difficulty: Difficulty, user: User, on: date, **more: Any) -> None:
        super().__init__(*given, difficulty=difficulty, user=user, on=on, **more)
        self.fields["resume_by"].initial = office_calendar().add(on, settings.TIENDO_STOP_DAYS)

    def values(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"], "resume_by": self.cleaned_data["resume_by"]}


class RemovalForm(ReasonForm):
    """The unit needs no reason; the coordinator in its place does."""

    def __init__(self, *given: Any, difficulty: Difficulty, user: User, on: date, **more: Any) -> None:
        super().__init__(*given, difficulty=difficulty, user=user, on=on, **more)
        self.fields["reason"].required = difficulty.unit_id not in user.access.headed_unit_ids
        self.fields["reason"].label = str(_("Căn cứ, kết quả"))


class ForwardForm(ActForm):
    authority = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Cơ quan có thẩm quyền"), to_field_name="code"
    )
    reply_due_on = DayField(label=_("Trả lời trước hết ngày"))
    note = _area(_("Ý kiến của cơ quan đầu mối"), required=False)

    def __init__(self, *given: Any, difficulty: Difficulty, user: User, on: date, **more: Any) -> None:
        super().__init__(*given, difficulty=difficulty, user=user, on=on, **more)
        _choose(self, "authority", Unit.objects.in_force(on).exclude(pk=difficulty.unit_id))
        self.fields["reply_due_on"].initial = office_calendar().add(on, REPLY_DAYS)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class FollowForm(ActForm):
    """What one unit must do to carry a decision out."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("Đơn vị phải làm"), to_field_name="code")
    text = _area(_("Việc phải làm"), rows=2)
    due_on = DayField(label=_("Xong trước hết ngày"))

    def __init__(self, *given: Any, difficulty: Difficulty, user: User, on: date, **more: Any) -> None:
        super().__init__(*given, difficulty=difficulty, user=user, on=on, **more)
        _choose(self, "unit", Unit.objects.in_force(on).exclude(pk__in=user.access.held_unit_ids))

    def asked(self) -> Asked:
        return Asked(*(self.cleaned_data[name] for name in ("unit", "text", "due_on")))

    def values(self) -> dict[str, Any]:
        return {"asked": self.asked()}


class DecisionForm(FollowForm):
    """The decision, with the first thing to be done when there is one; more are added on the page of the difficulty."""

    decision = _area(_("Nội dung quyết định"))
    number = forms.CharField(label=_("Số, ngày văn bản"), max_length=200)
    file = forms.FileField(label=_("Tệp văn bản"), required=False)
    excuses = forms.BooleanField(
        label=_("Xác nhận các nhiệm vụ bị vướng chậm vì nguyên nhân khách quan"),
        required=False,
        help_text=_("Khi đánh giá, nhiệm vụ nêu vướng trước khi quá hạn không bị trừ điểm vì chậm."),
    )
    field_order = ("decision", "number", "file", "excuses", "unit", "text", "due_on")
    following = ("unit", "text", "due_on")

    def __init__(self, *given: Any, difficulty: Difficulty, user: User, on: date, **more: Any) -> None:
        super().__init__(*given, difficulty=difficulty, user=user, on=on, **more)
        for name in self.following:
            self.fields[name].required = False
        if difficulty.cause_kind != Difficulty.Cause.OBJECTIVE or not difficulty.tasks.exists():
            del self.fields["excuses"]

    def clean(self) -> dict[str, Any]:
        typed = [bool(self.cleaned_data.get(name)) for name in self.following]
        if any(typed) and not all(typed):
            raise forms.ValidationError(_("Giao việc thì ghi đủ đơn vị, việc phải làm và hạn."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        data, upload = self.cleaned_data, self.cleaned_data["file"]
        given = {"data": upload.read(), "name": upload.name} if upload else {}
        asked = [self.asked()] if data["unit"] else []
        given["excuses"] = data.get("excuses", False)
        return {"decision": data["decision"], "number": data["number"], "follow_ups": asked, **given}


FORMS: dict[Act, type[ActForm]] = {
    Act.WITHDRAW: ReasonForm,
    Act.RETURN: ReasonForm,
    Act.DECLINE: ReasonForm,
    Act.STOP: StopForm,
    Act.STAND: ReasonForm,
    Act.REMOVE: RemovalForm,
    Act.FORWARD: ForwardForm,
    Act.DECIDE: DecisionForm,
    Act.FOLLOW: FollowForm,
}


def form_for(act: Act, *given: Any, difficulty: Difficulty, user: User, on: date) -> ActForm:
    return FORMS.get(act, ActForm)(*given, difficulty=difficulty, user=user, on=on)


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]


def _task_words(task: Task) -> str:
    return f"{task.code} · {task.title[:140]}"
