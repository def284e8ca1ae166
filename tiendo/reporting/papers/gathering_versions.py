"""What a version of the plan that counts only from a later day changed: a report judged before that day reads past it.

A period is closed some days after the last day of its data. A decision that came into force in between changes the
deadlines, leads, words and tasks of the plan, and none of them for the period (R026).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tiendo.plans.models import FieldSource, Plan, Task, TaskGroup
from tiendo.plans.terms import Terms, terms_of

WORDS = ("title", "product", "group")


@dataclass(frozen=True)
class Later:
    """The moments at which later versions came into force, the days from which they count, and by (task's code, field)
    what they changed said before."""

    moments: Collection[datetime] = ()
    days: Collection[date] = ()
    before: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    groups: Mapping[str, TaskGroup] = field(default_factory=dict)

    def word(self, task: Task, name: str) -> str | None:
        """Title or product as the version in force on the day says it."""
        now: str | None = getattr(task, name)
        return self.before.get((task.code, name), now)

    def group(self, task: Task) -> TaskGroup | None:
        key = (task.code, "group")
        return self.groups.get(self.before[key] or "") if key in self.before else task.group


def later_than(plan: Plan, on: date) -> Later:
    """What came into force after the day; one query where nothing did."""
    versions = list(plan.versions.filter(in_force_from__gt=on, number__gt=1).order_by("number"))
    if not versions:
        return Later()
    moments = [version.created_at for version in versions]
    last = plan.versions.filter(number__lt=versions[0].number).order_by("-number").first()
    said = terms_of(last) if last else {}
    groups = {group.code: group for group in plan.groups.all()}
    return Later(moments, [version.in_force_from for version in versions], _before(plan, moments, said), groups)


def _before(plan: Plan, moments: Sequence[datetime], said: Mapping[str, Terms]) -> dict[tuple[str, str], str | None]:
    changed = FieldSource.objects.filter(task__plan=plan, field__in=WORDS, recorded_at__in=moments)
    rows = changed.values_list("task__code", "field").distinct()
    return {(code, name): said[code][name] for code, name in rows if name in said.get(code, {})}
