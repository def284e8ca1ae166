"""What a computation of scores reads, frozen: the format "tiendo-snapshot/1". Pure.

`Snapshot` and its parts are the schema: the JSON has exactly these names. `evaluation.gathering` fills it from the
database; `evaluation.scoring` reads it and nothing else; `tiendo_recompute.py` reads the JSON on its own. Canonical
JSON: keys sorted, no spaces, UTF-8, decimals as text ("0.3"), days as YYYY-MM-DD, periods to-exclusive.

What a unit might gain by leaving out is never left out here: a task that was not reported, not public or not measured
stands in `tasks` with null, and the rules count null as nothing achieved.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import cast

from tiendo.evaluation.shaping import Misfit, canonical, plain, sha256_of, shaped
from tiendo.evaluation.states import Subject, Voice
from tiendo.ui.sentences import Sentence

SCHEMA = "tiendo-snapshot/1"
EXPORT_SCHEMA = "tiendo-scores/1"
WORK_STATES = ("not_started", "in_progress", "awaiting_confirmation", "completed", "paused", "cancelled")
LEAD, COORDINATING = "lead", "coordinating"


@dataclass(frozen=True)
class CycleOf:
    """The evaluation: its row, whom it judges, and the days whose data count (to-exclusive)."""

    id: int
    title: str
    year: int
    subject: Subject
    data_from: date
    data_to: date


@dataclass(frozen=True)
class PlanOf:
    """The version of the plan the tasks are held against."""

    code: str
    version: int
    title: str


@dataclass(frozen=True)
class Held:
    """A role in a task and the days it was held; `until` is to-exclusive, null while it lasts."""

    role: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class FailedCheck:
    """One product that did not pass a check of quality; `cause` names the record confirming an objective cause."""

    id: str
    what: str
    cause: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What an indicator tied to the task says of the period due last: percent of the way, or null and why."""

    indicator: str
    period: str
    figure: str | None
    progress: Decimal | None
    state: str
    why: str = ""


@dataclass(frozen=True)
class TaskOf:
    """One task in the charge of the card on any day of the data.

    `item` is the path of the plan's item it was assigned by: pieces of one item are judged as one. `roles` holds every
    role held on a day of the data (the heaviest counts). `reported` is the percent of the last accepted report (100
    once completion is accepted), null when nothing was ever reported; `record` is that report's text id. `evidence`
    holds the ids of accepted evidence. `cause` names the record that confirms an objective cause of the delay, `beyond`
    the record that confirms more than was required. `cancelled_by` is the paper of a cancellation.
    """

    code: str
    name: str
    item: str
    roles: tuple[Held, ...]
    state: str
    original_due: date | None
    due: date | None
    completed_on: date | None
    reported: Decimal | None
    record: str | None
    evidence: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    failed_checks: tuple[FailedCheck, ...] = ()
    cause: str | None = None
    beyond: str | None = None
    cancelled_by: str = ""


@dataclass(frozen=True)
class FigureOf:
    """One figure of the card's unit that a criterion reads, of the period due last; null is said with `why`."""

    indicator: str
    period: str
    figure: str | None
    value: Decimal | None
    progress: Decimal | None
    state: str
    why: str = ""


@dataclass(frozen=True)
class JudgementOf:
    """One current word on one criterion: a level of its rubric, or a quantity as claimed or found."""

    id: int
    criterion: str
    voice: Voice
    level: int | None
    value: Decimal | None
    evidence: str | None = None
    by: str = ""


@dataclass(frozen=True)
class ReliabilityOf:
    """What the audit of claims found: share of the claims looked at that were true, with its interval."""

    checked: int
    confirmed: int
    rate: Decimal
    low: Decimal
    high: Decimal
    confidence: Decimal


@dataclass(frozen=True)
class ReportsOf:
    """Reports owed in the data's days, and how they came; `ids` are the duties."""

    owed: int
    on_time: int
    late: int
    missing: int
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardOf:
    """One unit, or one head for the days of the term, to be judged among its `group`. `key` is unique and stable."""

    key: str
    name: str
    unit: str
    group: str
    reports: ReportsOf
    tasks: tuple[TaskOf, ...] = ()
    figures: tuple[FigureOf, ...] = ()
    judgements: tuple[JudgementOf, ...] = ()
    reliability: ReliabilityOf | None = None
    head: str | None = None
    head_from: date | None = None
    head_to: date | None = None

    def end(self, cycle: CycleOf) -> date:
        """The day before which things were to be done (to-exclusive): of a head who left the end of the term, so that
        what fell due after it is nobody's delay but the successor's."""
        return min(self.head_to, cycle.data_to) if self.head_to else cycle.data_to


@dataclass(frozen=True)
class Snapshot:
    """Everything scoring needs.

    `criteria` is the content of the set as stored (see `evaluation.criteria`), `criteria_links` its links as
    `[criterion, "indicator" | "item", code | path]` in order; `criteria_sha256` is the hash of both.
    """

    schema: str
    cycle: CycleOf
    plan: PlanOf
    taken_on: date
    criteria_code: str
    criteria_number: int
    criteria_sha256: str
    criteria: object
    criteria_links: tuple[tuple[str, ...], ...]
    seed: str
    resamplings: int
    cards: tuple[CardOf, ...]


def parse(data: object) -> Snapshot:
    """The snapshot from JSON data. Raises `Misfit` with every fault in a sentence."""
    made: Snapshot = shaped(Snapshot, data)
    faults = list(_faults(made))
    if faults:
        raise Misfit(faults)
    return made


def criteria_sha256(content: object, links: Iterable[Iterable[str]]) -> str:
    """The hash of a set of criteria with its links, as on `CriteriaSet.sha256`."""
    return sha256_of({"content": content, "links": sorted(list(link) for link in links)})


def read(text: bytes) -> Snapshot:
    """The snapshot from a stored file. Raises `Misfit`."""
    try:
        data = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except Misfit:
        raise
    except ValueError:
        raise Misfit([Sentence.of(_("Tệp không phải JSON đọc được."))]) from None
    return parse(data)


def _no_float(text: str) -> object:
    raise Misfit([Sentence.of(_("Số {text} phải viết dạng chữ, trong ngoặc kép."), text=text)])


def data_of(snapshot: Snapshot) -> dict[str, object]:
    """The snapshot as JSON data, every field named."""
    return cast(dict[str, object], plain(snapshot))


def written(snapshot: Snapshot) -> bytes:
    """The file to store: canonical JSON."""
    return canonical(data_of(snapshot))


def export(snapshot: Snapshot, results: object) -> bytes:
    """The file to hand out: the snapshot with what the application computed, for `tiendo-recompute` to compare."""
    content = data_of(snapshot)
    whole = {"schema": EXPORT_SCHEMA, "sha256": sha256_of(content), "snapshot": content, "results": results}
    return canonical(whole)


def _faults(snapshot: Snapshot) -> list[Sentence]:
    """What no single field shows."""
    found: list[Sentence] = []
    if snapshot.schema != SCHEMA:
        found.append(Sentence.of(_("schema: phải là {schema}"), schema=SCHEMA))
    if criteria_sha256(snapshot.criteria, snapshot.criteria_links) != snapshot.criteria_sha256:
        found.append(Sentence.of(_("criteria_sha256: không khớp nội dung bộ tiêu chí")))
    if snapshot.cycle.data_to <= snapshot.cycle.data_from:
        found.append(Sentence.of(_("cycle.data_to: phải sau cycle.data_from")))
    if not 0 <= snapshot.resamplings <= 10_000:
        found.append(Sentence.of(_("resamplings: từ 0 đến 10000")))
    keys = [card.key for card in snapshot.cards]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        found.append(Sentence.of(_("Hai phiếu cùng mã {key}"), key=key))
    groups = _groups(snapshot.criteria)
    for card in snapshot.cards:
        if card.group not in groups:
            found.append(
                Sentence.of(_("Phiếu {key}: bộ tiêu chí không có nhóm {group}"), key=card.key, group=card.group)
            )
        found += _card_faults(card)
    return found


def _groups(criteria: object) -> set[str]:
    """Codes of the groups the set compares within."""
    listed = criteria.get("groups", []) if isinstance(criteria, dict) else []
    return {str(each.get("code")) for each in listed if isinstance(each, dict)}


def _card_faults(card: CardOf) -> list[Sentence]:
    found: list[Sentence] = []
    codes = [task.code for task in card.tasks]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        found.append(Sentence.of(_("Phiếu {key}: nhiệm vụ {code} có hai lần"), key=card.key, code=code))
    for task in card.tasks:
        if task.state not in WORK_STATES:
            found.append(Sentence.of(_("Nhiệm vụ {code}: trạng thái không rõ"), code=task.code))
        if not task.roles or any(held.role not in (LEAD, COORDINATING) for held in task.roles):
            found.append(Sentence.of(_("Nhiệm vụ {code}: vai trò không rõ"), code=task.code))
    reports = card.reports
    if min(reports.owed, reports.on_time, reports.late, reports.missing) < 0 or (
        reports.on_time + reports.late + reports.missing != reports.owed
    ):
        found.append(Sentence.of(_("Phiếu {key}: số báo cáo không khớp số phải nộp"), key=card.key))
    return found
