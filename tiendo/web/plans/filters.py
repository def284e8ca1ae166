"""The filter bar of the task list: one form, read from the address, so a filtered list can be bookmarked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import units_held_by
from tiendo.plans.detailing import in_main_plans
from tiendo.plans.finding import find
from tiendo.plans.models import STATES, Assignment, HigherDocument, Plan, Tag, TaskGroup, TaskQuerySet
from tiendo.plans.queries import CELLS
from tiendo.plans.tags import tagged
from tiendo.web.plans.kept import Keeper, scope_of
from tiendo.web.plans.lists import CONCERNS, in_list
from tiendo.web.plans.numbers import WORDS
from tiendo.web.plans.widgets import PlainSelect

Options = list[tuple[str, str]]
KEPT: Keeper[dict[str, Options]] = Keeper()
ANY = [("", _("Tất cả"))]
SHARED = "shared"
ROLES = [
    ("", _("chủ trì")),
    ("any", _("chủ trì, phối hợp hoặc giám sát")),
    (SHARED, _("tham gia chung qua nhóm")),
]
SORTS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "": (_("Thứ tự trong kế hoạch"), ("plan_id", "position")),
    "due": (_("Hạn gần trước"), (F("due_on").asc(nulls_last=True), "position")),
    "late": (_("Cập nhật lâu nhất trước"), (F("last_accepted_on").asc(nulls_first=True), "position")),
    "percent": (_("Tỷ lệ thấp trước"), (F("percent").asc(nulls_first=True), "position")),
}


class PlanChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.code)


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.short_name)


class TaskFilter(forms.Form):
    q = forms.CharField(label=_("Tìm trong nhiệm vụ"), required=False, widget=forms.TextInput({"type": "search"}))
    unit = UnitChoice(label=_("Cơ quan"), queryset=Unit.objects.none(), required=False, to_field_name="code")
    role = forms.ChoiceField(label=_("Với vai trò"), choices=ROLES, required=False)
    group = forms.ModelChoiceField(label=_("Nhóm nhiệm vụ"), queryset=TaskGroup.objects.none(), required=False)
    state = forms.ChoiceField(label=_("Trạng thái"), choices=[*ANY, *STATES], required=False)
    cell = forms.ChoiceField(
        label=_("Kết quả so với hạn"),
        choices=[*ANY, *((name, WORDS[name]) for name in (*CELLS, "finished", "unfinished", "counted"))],
        required=False,
    )
    concern = forms.ChoiceField(
        label=_("Cần chú ý"), choices=[*ANY, *((name, WORDS[name]) for name in CONCERNS)], required=False
    )
    plan = PlanChoice(label=_("Kế hoạch"), queryset=Plan.objects.none(), required=False, to_field_name="code")
    higher = forms.ModelChoiceField(
        label=_("Thực hiện văn bản cấp trên"), queryset=HigherDocument.objects.none(), required=False
    )
    tag = forms.ModelChoiceField(label=_("Nhãn"), queryset=Tag.objects.none(), required=False, to_field_name="code")
    sort = forms.ChoiceField(
        label=_("Sắp xếp"), choices=[(key, words) for key, (words, _order) in SORTS.items()], required=False
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.is_partial = False  # set by `narrow`: no task holds every word, these hold some
        for each in self.fields.values():
            if isinstance(each, forms.ChoiceField):
                each.widget = PlainSelect(choices=each.choices)  # type: ignore[arg-type]
        choices = {
            "unit": Unit.objects.visible_to(user).in_force(on),
            "group": TaskGroup.objects.filter(plan__in=Plan.objects.visible_to(user)),
            "plan": Plan.objects.visible_to(user),
            "tag": Tag.objects.all(),
            "higher": HigherDocument.objects.filter(mandates__ended_at=None).distinct(),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            field.queryset = rows  # type: ignore[attr-defined]
            field.empty_label = str(ANY[0][1])  # type: ignore[attr-defined]
        offered = KEPT.get((scope_of(user), on, get_language()), lambda: self._offered(choices))
        for name, options in offered.items():
            self.fields[name].widget.choices = options
        self.is_valid()

    def _offered(self, names: Iterable[str]) -> dict[str, Options]:
        """The rows to choose from in words; read once for many readers, since a province has many units."""
        fields = {name: self.fields[name] for name in names}
        return {
            name: [(str(key), str(words)) for key, words in field.choices]  # type: ignore[attr-defined]
            for name, field in fields.items()
        }

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked and understood; a value nobody knows is left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, tasks: TaskQuerySet) -> TaskQuerySet:
        """The tasks asked for, in the order asked for; those that hold only some of the words, best first."""
        asked = self.asked
        if "plan" not in asked:
            tasks = in_main_plans(tasks)
        if unit := asked.get("unit"):
            tasks = self._of_unit(tasks, unit, asked.get("role", ""))
        for name in ("group", "state", "plan"):
            if name in asked:
                tasks = tasks.filter(**{name: asked[name]})
        if "tag" in asked:
            tasks = tagged(tasks, asked["tag"].code)
        if "higher" in asked:
            tasks = tasks.carrying_out(asked["higher"])
        for name in ("cell", "concern"):
            if name in asked:
                tasks = in_list(tasks, asked[name], on=self.on)
        order = SORTS[asked.get("sort", "")][1]
        found = find(tasks, asked.get("q", ""), *order)
        self.is_partial = found.is_partial
        return found.rows if found.is_partial and "sort" not in asked else found.rows.order_by(*order)

    def _of_unit(self, tasks: TaskQuerySet, unit: Unit, role: str) -> TaskQuerySet:
        held = units_held_by(frozenset([unit.pk]), on=self.on)
        if role == SHARED:
            return tasks.shared_with(held, on=self.on)
        return tasks.of_units(held, *([] if role else [Assignment.Role.LEAD]), on=self.on)

    @property
    def more_asked(self) -> bool:
        """Whether one of the folded conditions is in use, so the fold opens."""
        return bool(self.asked.keys() & {"group", "concern", "role", "plan", "tag", "higher", "sort"})

    @property
    def words(self) -> str:
        """The filters in words, for the count line."""
        asked = self.asked
        parts = [str(dict(STATES)[asked["state"]])] if "state" in asked else []
        parts += [str(WORDS[asked[name]]) for name in ("cell", "concern") if name in asked]
        parts += [asked["unit"].short_name] if "unit" in asked else []
        parts += [str(dict(ROLES)[SHARED])] if "unit" in asked and asked.get("role") == SHARED else []
        parts += [str(asked[name]) for name in ("group", "plan", "tag", "higher") if name in asked]
        parts += [f"“{asked['q']}”"] if "q" in asked else []
        return "; ".join(parts)
