"""A reorganisation on its way through the steps of its form: everything typed travels with the page."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from django.http import QueryDict

from tiendo.orgs.history import standings
from tiendo.orgs.models import GroupMembership, Unit
from tiendo.orgs.queries import links
from tiendo.orgs.reorganisation import Kind, Reorganisation, problems
from tiendo.ui.sentences import Sentence
from tiendo.ui.typed import whole_number
from tiendo.web.orgs.change_forms import FirstForm, SuccessorForm, group_choices, taker_choices, unit_choices

UNITS, TAKERS, TASKS, PREVIEW, RECORD = "don-vi", "tiep-nhan", "nhiem-vu", "xem-truoc", "ghi"
MORE = "them-dong"  # one more line for a unit that takes over
MOST_LINES = 40
LINES = {Kind.SPLIT: 2}


class Draft:
    """What was typed so far; `steps` are those its kind needs, in order."""

    def __init__(self, data: QueryDict, kind: Kind) -> None:
        self.data = data
        self.kind = kind
        bound = data if "a-decision" in data else None
        self.first = FirstForm(bound, kind=kind, units=unit_choices())

    @property
    def steps(self) -> list[str]:
        if self.kind is Kind.MOVE:
            return [UNITS, PREVIEW]
        return [UNITS, TAKERS, *([TASKS] if self.kind is Kind.SPLIT or self.shares_tasks else []), PREVIEW]

    @property
    def shares_tasks(self) -> bool:
        """Whether tasks may go different ways, so that somebody must say which goes where."""
        if self.kind not in (Kind.SPLIT, Kind.DISSOLVE):
            return False
        return self.is_sound and (self.change.stays or len(self.change.successors) > 1)

    @cached_property
    def on(self) -> date | None:
        return self.first.cleaned_data.get("effective_on") if self.first.is_bound and self.first.is_valid() else None

    @property
    def stays(self) -> bool:
        return bool(self.first.is_valid() and self.first.cleaned_data.get("stays"))

    @cached_property
    def lines(self) -> list[SuccessorForm]:
        """One form for each unit that takes over; the first time they hold what can be known beforehand."""
        units, groups = taker_choices(self.on), group_choices()
        bound = "b-count" in self.data
        count = self._count() if bound else LINES.get(self.kind, 1)
        known = self._beforehand() if not bound else {}
        return [
            SuccessorForm(
                self.data if bound else None, prefix=f"b-{place}", kind=self.kind, units=units, groups=groups,
                initial=known,
            )
            for place in range(count)
        ]  # fmt: skip

    @property
    def default(self) -> int:
        """Which line takes what nobody was named for."""
        return whole_number(self.data.get("b-default", "")) or 0

    @property
    def chooses_default(self) -> bool:
        """Whether one of several lines must take what nobody was named for."""
        return self.kind in (Kind.SPLIT, Kind.DISSOLVE) and not self.stays

    @property
    def may_add(self) -> bool:
        return self.kind in (Kind.SPLIT, Kind.DISSOLVE, Kind.CREATE) and len(self.lines) < MOST_LINES

    @property
    def opens_new(self) -> bool:
        """A part of a unit that is split is nearly always a new unit."""
        return self.kind is Kind.SPLIT and "b-count" not in self.data

    @cached_property
    def takers_valid(self) -> bool:
        return "b-count" in self.data and all(form.is_valid() for form in self.lines)

    @cached_property
    def change(self) -> Reorganisation:
        """The change as typed; ask only when its forms are valid."""
        data = self.first.cleaned_data
        found = []
        if self.kind is not Kind.MOVE:
            for place, form in enumerate(self.lines):
                if each := form.successor(is_default=not self.stays and place == self.default):
                    found.append(each)
        return Reorganisation(
            kind=self.kind,
            effective_on=data["effective_on"],
            decision=data["decision"],
            predecessors=self.first.codes,
            successors=tuple(found),
            parent=data.get("parent") or None,
            stays=self.stays,
            note=data["note"],
        )

    @cached_property
    def problems(self) -> list[Sentence]:
        """Why what is typed may not be recorded; ask only when its forms are valid."""
        return problems(self.change, standings(), links())

    @cached_property
    def is_sound(self) -> bool:
        forms = self.first.is_valid() and (self.kind is Kind.MOVE or self.takers_valid)
        return forms and not self.problems

    def step_for(self, wanted: str) -> str:
        """The step asked for, or the first one before it that is not filled in rightly."""
        if wanted == UNITS or not self.first.is_valid():
            return UNITS
        if wanted in (TAKERS, MORE):
            return TAKERS if self.kind is not Kind.MOVE else UNITS
        if not self.is_sound:
            return UNITS if self.kind is Kind.MOVE else TAKERS
        return PREVIEW if wanted == TASKS and not self.shares_tasks else wanted

    def carried(self, step: str) -> Iterator[tuple[str, str]]:
        """What was typed in the other steps, for hidden fields."""
        own = {UNITS: "a-", TAKERS: "b-", TASKS: "c-"}.get(step, "-")
        for name, values in self.data.lists():
            if name[:2] in ("a-", "b-", "c-") and not name.startswith(own):
                yield from ((name, str(value)) for value in values)

    def _count(self) -> int:
        count = whole_number(self.data.get("b-count", "")) or 1
        return min(max(count + (self.data.get("buoc") == MORE), 1), MOST_LINES)

    def _beforehand(self) -> dict[str, object]:
        """A unit made from others is nearly always of their kind, under the same one, in the same groups."""
        before = Unit.objects.filter(code__in=self.first.codes if self.first.is_valid() else ()).select_related(
            "parent"
        )
        first = before.order_by("pk").first()
        if first is None:
            return {"reports": True}
        groups = GroupMembership.objects.in_force(self.on or date.max).filter(unit=first)
        return {
            "unit_kind": first.kind,
            "parent": first.parent.code if first.parent else "",
            "reports": first.reports,
            "groups": list(groups.values_list("group__code", flat=True)),
        }


def filled(change: Reorganisation, known: frozenset[str]) -> QueryDict:
    """A change as if somebody had typed it; `known` are codes of units that stand already."""
    data = QueryDict(mutable=True)
    data.update(
        {"a-kind": change.kind.value, "a-effective_on": f"{change.effective_on}", "a-decision": change.decision}
    )
    data["a-note"] = change.note
    data.setlist("a-predecessors", list(change.predecessors))
    if change.parent:
        data["a-parent"] = change.parent
    data["b-count"] = str(max(len(change.successors), 1))
    for place, each in enumerate(change.successors):
        at = f"b-{place}-"
        data[at + "functions"] = each.functions
        if each.is_default:
            data["b-default"] = str(place)
        if each.new is None or each.code in known:
            data[at + "existing"] = each.code
            continue
        new = each.new
        named = {"name": new.name, "code": each.code, "short_name": new.short_name, "unit_kind": new.kind}
        data.update({at + name: value for name, value in named.items()})
        data[at + "parent"] = new.parent or ""
        data.setlist(at + "groups", list(new.groups))
        if new.reports:
            data[at + "reports"] = "on"
    return data
