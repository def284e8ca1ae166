"""Words that changed between a decision and its day: kept, recorded in the task's history, and told (R025, R061)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.audit.record import record
from tiendo.oversight.amendment_queries import line_facts, people_of_tasks
from tiendo.oversight.amendment_replacing import Replaced, find_replaced
from tiendo.oversight.amendment_telling import ReplacedWords, coordinators, people_of_units, tell_replaced
from tiendo.oversight.models import Amendment, AmendmentLine, ReplacedValue
from tiendo.plans.comparisons import names_for
from tiendo.plans.differences import say
from tiendo.plans.models import DeadlineLine, FieldSource, Task
from tiendo.plans.terms import terms_now


@dataclass(frozen=True)
class _Hand:
    """Who gave a field its present words after the decision, when, and on which paper; nothing where nobody says."""

    by: User | None = None
    at: datetime | None = None
    source: str = ""


def keep_replaced(
    amendment: Amendment, lines: Sequence[AmendmentLine], tasks: Mapping[int, Task], *, by: User | None, at: datetime
) -> None:
    """To be called inside the act that brings the lines into force, before they change their tasks (locked)."""
    said = terms_now(tasks.values())
    by_code = {task.code: task for task in tasks.values()}
    now = {code: said[task.pk] for code, task in by_code.items()}
    by_line = {line.pk: line for line in lines}
    told: dict[str, list[ReplacedWords]] = {}
    for each in find_replaced(map(line_facts, lines), now):
        hand = _hand(by_code[each.task], each.field, amendment)
        told.setdefault(each.task, []).append(_keep(each, by_line[each.line], hand, by=by, at=at))
    for code, words in told.items():
        units, charged = people_of_tasks([by_code[code].pk], localdate(at))
        hands = [each.by for each in words if each.by]
        people = [
            *hands,
            *charged,
            *people_of_units(units, localdate(at)),
            *coordinators(amendment.plan, localdate(at)),
        ]
        tell_replaced(amendment, by_code[code], words, people, by=by, at=at)


def _keep(each: Replaced, line: AmendmentLine, hand: _Hand, *, by: User | None, at: datetime) -> ReplacedWords:
    given = {"was": each.was, "source": hand.source, "changed_by": hand.by, "changed_at": hand.at}
    ReplacedValue.objects.create(line=line, field=each.field, replaced_at=at, **given)
    names = names_for(line.amendment.plan)
    words = ReplacedWords(each.field, say(each.field, each.was, names), say(each.field, each.now, names), hand.by)
    record(
        act="oversight.amendment.replace_value",
        subject=f"plans.task:{each.task}",
        actor=by.username if by else MACHINE,
        at=at,
        amendment=line.amendment_id,
        field=each.field,
        was=words.was,
        now=words.now,
        source=hand.source,
        **({"user": hand.by.username} if hand.by else {}),
    )
    return words


def _hand(task: Task, field: str, amendment: Amendment) -> _Hand:
    """The newest word on the field since the decision; deadlines have their ledger."""
    if field == "due":
        rows = DeadlineLine.objects.filter(task=task, recorded_at__gte=amendment.decided_at)
        line = rows.select_related("recorded_by").order_by("number").last()
        return _Hand(line.recorded_by, line.recorded_at, line.source) if line else _Hand()
    said = FieldSource.objects.filter(task=task, field=field, recorded_at__gte=amendment.decided_at)
    source = said.select_related("recorded_by", "document").defer("document__lines").order_by("pk").last()
    if source is None:
        return _Hand()
    return _Hand(source.recorded_by, source.recorded_at, source.note or str(source.document or ""))
