"""What the editor of one task holds: its place in the report, what it starts from, each field with its past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.forms import BoundField
from django.http import Http404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from tiendo.plans.models import Task
from tiendo.plans.states import WorkState
from tiendo.reporting.elsewhere import find_said_elsewhere
from tiendo.reporting.flagging import limits
from tiendo.reporting.flags import Code, flags
from tiendo.reporting.models import Duty, Entry, Period, Submission
from tiendo.reporting.prefilling import for_another, start_from, year_of
from tiendo.reporting.queries import tasks_to_report, values_of
from tiendo.reporting.rules import Values, problems_by_field
from tiendo.ui.formats import as_decimal
from tiendo.ui.saying import said
from tiendo.web.reporting.entry_forms import EntryForm

SALT = "reporting.entry.base"
MONEY_FIELDS = ("money_used", "money_allocated")
KINDS = {"money_allocated": "money_used", "percent_estimate": "percent", "difficulty": "result"}
FLAGGED = {
    Code.JUMP: "percent",
    Code.REGRESSION: "percent",
    Code.BACKWARDS: "state",
    Code.NO_EVIDENCE: "evidence",
    Code.SAME_AS_BEFORE: "result",
    Code.MONEY_OVER: "money_used",
    Code.MONEY_FALLEN: "money_used",
    Code.DATE_OUTSIDE: "completed_on",
    Code.DATE_AHEAD: "completed_on",
    Code.DATE_EARLY: "completed_on",
    Code.ESTIMATE_LOW: "percent_estimate",
}


@dataclass(frozen=True)
class Place:
    """A task among those of its report, in the order of the plan; `number` counts from 1."""

    task: Task
    number: int
    total: int
    before: Task | None
    after: Task | None


def place_of(duty: Duty, code: str) -> Place:
    """Raises Http404 when the report is not about the task."""
    tasks = list(
        tasks_to_report(duty).select_related("group").defer("folded", "description").order_by("position", "pk")
    )
    here = next((index for index, task in enumerate(tasks) if task.code == code), None)
    if here is None:
        raise Http404
    before = tasks[here - 1] if here else None
    after = tasks[here + 1] if here + 1 < len(tasks) else None
    return Place(tasks[here], here + 1, len(tasks), before, after)


def sealed(values: Values) -> str:
    """The values a page was opened with, to travel in its form and come back unchanged."""
    plain = {name: None if value is None else str(value) for name, value in vars(values).items()}
    return signing.dumps(plain, salt=SALT, compress=True)


def unsealed(text: str) -> Values | None:
    """What `sealed` made; None for anything else."""
    try:
        plain: dict[str, Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    for name in ("percent", "money_used", "money_allocated", "percent_estimate"):
        plain[name] = as_decimal(plain[name])
    plain["state"] = WorkState(plain["state"]) if plain["state"] else None
    plain["completed_on"] = parse_date(plain["completed_on"] or "")
    return Values(**plain)


@dataclass(frozen=True)
class Start:
    """What an entry not begun is filled with before anybody types, and the other report it comes from, if any."""

    values: Values
    elsewhere: Entry | None = None


def start_of(duty: Duty, task: Task, last: Submission | None) -> Start:
    """What the unit says of the same work elsewhere in these days, or else what still stands of the last report."""
    period = duty.period
    other = find_said_elsewhere(duty, task)
    if other is not None:
        same_year = year_of(other.duty.period.data_to) == year_of(period.data_to)
        said_there = for_another(values_of(other), same_year=same_year, asks_estimate=period.asks_estimate)
        return Start(said_there, other)
    held = Values(state=WorkState(task.state), percent=task.percent, completed_on=task.completed_on)
    before, same_year = (values_of(last), is_same_year(last, period)) if last else (None, False)
    return Start(start_from(held, before, same_year=same_year, asks_estimate=period.asks_estimate))


def hints_of(
    task: Task, period: Period, values: Values, last: Submission | None, *, evidence: int, on: date
) -> dict[str, list[str]]:
    """Field → what is still missing there before the report can be sent, or else what is unusual beside the last."""
    found: dict[str, list[str]] = {}
    for problem in problems_by_field(values, has_evidence=bool(evidence), on=on):
        found.setdefault(problem.field, []).append(_(problem.sentence))
    wrong = set(found)
    unusual = flags(
        values,
        values_of(last) if last else None,
        evidence=evidence,
        on=on,
        data_from=period.data_from,
        data_to=period.data_to,
        given_on=task.followed_from,
        same_year=last is not None and is_same_year(last, period),
        limits=limits(),
    )
    for flag in unusual:
        field = FLAGGED.get(flag.code, "")
        if field not in wrong:
            found.setdefault(field, []).append(said(flag.sentence))
    return found


def needs_evidence(values: Values) -> bool:
    """Whether hints depend on there being any."""
    return values.state == WorkState.COMPLETED or values.percent == 100


def is_same_year(last: Submission, period: Period) -> bool:
    return year_of(last.entry.duty.period.data_to) == year_of(period.data_to)


@dataclass(frozen=True)
class Row:
    """A field of the editor with what the last accepted report said there; `when` is the state it is for."""

    bound: BoundField
    kind: str
    last: object
    hints: Sequence[str]
    when: str = ""


def rows_of(form: EntryForm, last: Submission | None, hints: Mapping[str, list[str]]) -> tuple[list[Row], list[Row]]:
    """The fields everybody is asked for, and those about money."""
    rows = [
        Row(
            form[name],
            KINDS.get(name, name),
            getattr(last, name, None),
            hints.get(name, ()),
            "completed" if name == "completed_on" else "",
        )
        for name in form.fields
    ]
    money = [row for row in rows if row.bound.name in MONEY_FIELDS]
    return [row for row in rows if row not in money], money


@dataclass(frozen=True)
class Choice:
    """A field two people changed: what each has written, ready to be chosen from."""

    name: str
    label: str
    mine: str
    theirs: str


def choices_of(mine: EntryForm, theirs: EntryForm, fields: Sequence[str]) -> list[Choice]:
    """One for each of the fields that the form asks for."""
    return [
        Choice(name, str(mine[name].label), _words(mine, name), _words(theirs, name))
        for name in fields
        if name in mine.fields
    ]


def _words(form: EntryForm, name: str) -> str:
    """As it is read: the word of a choice, a day as it is written here."""
    value = form[name].value()
    if name == "state":
        return str(dict(form.fields["state"].choices).get(value, "")) if value else ""  # type: ignore[attr-defined]
    if isinstance(value, str) and name == "completed_on":
        value = parse_date(value) or value
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else form.text_of(name)
