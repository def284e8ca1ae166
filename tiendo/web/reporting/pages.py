"""What the pages of a report show, gathered once.

People of the unit see the draft; everybody else sees what the head has sent, for nothing leaves the unit before (R018).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from tiendo.orgs.models import Unit
from tiendo.plans.models import Assignment, Task
from tiendo.reporting.flagging import flags_again
from tiendo.reporting.flags import Flag
from tiendo.reporting.handed import handed_elsewhere, transferred
from tiendo.reporting.models import Duty, Entry, Evidence, Part, Remark, Submission
from tiendo.reporting.parts import PartState
from tiendo.reporting.queries import entries_for_page, latest_accepted, tasks_to_report, values_of
from tiendo.reporting.rules import problems
from tiendo.reporting.shifting import written_elsewhere
from tiendo.reporting.workflow import EntryStatus
from tiendo.ui.formats import number_text

WRITABLE = (EntryStatus.DRAFT, EntryStatus.RETURNED)


@dataclass(frozen=True)
class ValueRow:
    """One value this period beside what was accepted before; `kind` says how to write it."""

    kind: str
    label: str
    now: object
    before: object

    @property
    def note(self) -> str:
        """What a reader would look for: how far it moved, or that words were only copied."""
        if self.kind == "percent" and isinstance(self.now, Decimal) and isinstance(self.before, Decimal):
            step = self.now - self.before
            return f"({'+' if step >= 0 else ''}{number_text(step)})"
        if self.kind == "state" and self.now and self.now != self.before:
            return _("đã đổi")
        if self.kind == "result" and self.now and self.now == self.before:
            return _("giống hệt kỳ trước")
        return ""


@dataclass(frozen=True)
class ReportLine:
    """A task in a unit's report: what this reader may see of it, what was sent, what was accepted before."""

    task: Task
    entry: Entry | None
    shown: Entry | Submission | None
    sent: Sequence[Submission]
    before: Submission | None
    evidence: Sequence[Evidence]
    problems: Sequence[str]
    is_locked: bool = False
    handed_to: Unit | None = None
    moved_to: Unit | None = None
    is_told_elsewhere: bool = False  # another report of the period tells of it now; what was typed here is kept

    @property
    def last_sent(self) -> Submission | None:
        return self.sent[-1] if self.sent else None

    @property
    def status(self) -> str | None:
        """The entry's status, or None while nothing was written (or nothing this reader may see)."""
        return self.entry.status if self.entry is not None and self.shown is not None else None

    @property
    def flags(self) -> Sequence[Flag]:
        """What a reviewer should look at twice in what was sent last."""
        return flags_again(self.last_sent.flags) if self.last_sent is not None else ()

    @property
    def parts(self) -> Sequence[Part]:
        """What coordinating units were asked about it, and their answers."""
        return list(self.entry.parts.all()) if self.entry is not None and self.sent else ()

    @property
    def remarks(self) -> Sequence[Remark]:
        return list(self.entry.remarks.all()) if self.entry is not None and self.sent else ()

    @property
    def is_open_to_talk(self) -> bool:
        """Sent at least once, not yet accepted, and not locked with its period."""
        return bool(self.sent) and self.status != EntryStatus.ACCEPTED and not self.is_locked

    @property
    def unasked(self) -> Sequence[str]:
        """Coordinating agencies named in words only, whom nobody can ask; of a group nobody is asked at all."""
        return [each.printed or "" for each in getattr(self.task, "unnamed", ())]

    @property
    def is_waiting(self) -> bool:
        return self.entry is not None and self.entry.status == EntryStatus.SUBMITTED

    @property
    def is_settled(self) -> bool:
        """Nothing more is done about it in this report."""
        return not (self.is_writable or self.is_waiting or self.is_told_elsewhere)

    @property
    def is_writable(self) -> bool:
        locked = self.is_locked or self.is_told_elsewhere
        return not locked and (self.entry is None or self.entry.status in WRITABLE)

    @property
    def is_ready(self) -> bool:
        """Whole, and with something new to send."""
        return self.is_writable and not self.problems and not self.is_unchanged

    @property
    def is_repeatable(self) -> bool:
        """Nothing written yet, and an earlier accepted report to repeat."""
        return self.before is not None and (self.entry is None or self.entry.revision == 0)

    @property
    def returned_for(self) -> str | None:
        """The reason of the last return, while it is not sent again."""
        if self.entry is None or self.entry.status != EntryStatus.RETURNED or self.last_sent is None:
            return None
        return self.last_sent.reason

    @property
    def is_reopened(self) -> bool:
        """Accepted, and opened again after the closing for the unit to correct."""
        returned = self.entry is not None and self.entry.status == EntryStatus.RETURNED
        return returned and self.last_sent is not None and self.last_sent.verdict == Submission.Verdict.ACCEPTED

    @property
    def is_unchanged(self) -> bool:
        """Opened again and saying still what was accepted, so there is nothing to send."""
        if self.entry is None or self.last_sent is None or not self.is_reopened:
            return False
        backing = {row.pk for row in self.evidence}
        return values_of(self.entry) == values_of(self.last_sent) and backing == set(self.last_sent.evidence_ids)

    @property
    def is_disputed(self) -> bool:
        return any(part.state == PartState.DISPUTED for part in self.parts)

    @property
    def rows(self) -> list[ValueRow]:
        """What this period says beside the last accepted report; rows empty on both sides are left out."""
        labels = {
            "state": _("Trạng thái"),
            "percent": _("Tỷ lệ"),
            "completed_on": _("Ngày hoàn thành"),
            "result": _("Kết quả"),
            "difficulty": _("Khó khăn"),
            "money_used": _("Kinh phí đã dùng"),
            "money_allocated": _("Kinh phí được giao trong năm"),
            "percent_estimate": _("Ước đến 31/12"),
        }
        rows = [
            ValueRow(kind, label, getattr(self.shown, kind, None), getattr(self.before, kind, None))
            for kind, label in labels.items()
        ]
        return [row for row in rows if row.now not in (None, "") or row.before not in (None, "")]


def report_lines(duty: Duty, *, inside: bool, on: date) -> list[ReportLine]:
    """Every task the unit reports on in the period, in the plan's order, in a constant number of queries."""
    unnamed = Assignment.objects.in_force().filter(role=Assignment.Role.COORDINATING, unit=None, group=None)
    named = Prefetch("assignments", queryset=unnamed, to_attr="unnamed")
    tasks = list(tasks_to_report(duty).select_related("group").prefetch_related(named).order_by("position"))
    entries = {entry.task_id: entry for entry in entries_for_page(duty)}
    before = latest_accepted(Task.objects.filter(pk__in=[task.pk for task in tasks]), before=duty.period)
    lines = [_line(task, entries.get(task.pk), before.get(task.pk), inside=inside, on=on) for task in tasks]
    handed = handed_elsewhere(duty, on=on)
    moved = transferred(duty, on=on)
    kept = written_elsewhere(duty)
    return [
        replace(
            x,
            handed_to=handed.get(x.task.pk),
            moved_to=_moved(x.task, moved, handed),
            is_told_elsewhere=x.task.pk in kept,
        )
        for x in lines
    ]


def _moved(task: Task, moved: Mapping[int, Unit], handed: Mapping[int, Unit]) -> Unit | None:
    return None if task.pk in handed else moved.get(task.pk)


def within(lines: Sequence[ReportLine], tasks: frozenset[int] | None) -> list[ReportLine]:
    """The same lines, all but those of the tasks locked; None locks nothing. A closed period locks what was not opened
    again."""
    return [line if tasks is None or line.task.pk in tasks else replace(line, is_locked=True) for line in lines]


def report_line(duty: Duty, task: Task, *, on: date) -> ReportLine:
    """One of them, as the unit sees it."""
    entry = entries_for_page(duty).filter(task=task).first()
    before = latest_accepted(Task.objects.filter(pk=task.pk), before=duty.period)
    line = _line(task, entry, before.get(task.pk), inside=True, on=on)
    return replace(line, is_told_elsewhere=task.pk in written_elsewhere(duty))


def _line(task: Task, entry: Entry | None, before: Submission | None, *, inside: bool, on: date) -> ReportLine:
    if entry is None:
        return ReportLine(task, None, None, (), before, (), problems(None, has_evidence=False, on=on))
    sent = list(entry.submissions.all())
    everything: list[Evidence] = entry.all_evidence  # type: ignore[attr-defined]
    if inside:
        shown: Entry | Submission | None = entry if entry.revision else None
        evidence = [row for row in everything if row.removed_at is None]
    else:
        shown = sent[-1] if sent else None
        evidence = [row for row in everything if sent and row.pk in sent[-1].evidence_ids]
    values = values_of(entry) if entry.revision else None
    missing = problems(values, has_evidence=bool(evidence), on=on) if entry.status in WRITABLE else []
    if _is_untouched(entry, sent, evidence):
        missing = [_("Chưa sửa từ khi bị trả lại."), *missing]
    return ReportLine(task, entry, shown, sent, before, evidence, [_(sentence) for sentence in missing])


def _is_untouched(entry: Entry, sent: Sequence[Submission], evidence: Sequence[Evidence]) -> bool:
    """Returned, and neither a word nor a piece of evidence was changed since."""
    if entry.status != EntryStatus.RETURNED or not sent or sent[-1].verdict != Submission.Verdict.RETURNED:
        return False
    changed = [entry.saved_at, *(row.added_at for row in evidence)]
    decided_at = sent[-1].decided_at
    return decided_at is not None and all(at is None or at <= decided_at for at in changed)


@dataclass(frozen=True)
class Section:
    """Lines of a report that stand alike; those that ask for an act are laid open."""

    title: str
    lines: Sequence[ReportLine]
    is_open: bool


def sections(lines: Sequence[ReportLine], *, inside: bool, signs: bool) -> list[Section]:
    """What asks for this reader's act first, the rest folded below it. Who signs sees open what will be sent."""
    named = _for_the_unit(lines, signs) if inside else _for_a_reader(lines)
    return [Section(title, found, is_open) for title, found, is_open in named if found]


def _for_the_unit(lines: Sequence[ReportLine], signs: bool) -> list[tuple[str, list[ReportLine], bool]]:
    writable = [line for line in lines if line.is_writable]
    return [
        (_("Bị trả lại, cần sửa"), [line for line in writable if line.returned_for], True),
        (_("Cần nhập hoặc bổ sung"), [line for line in writable if line.problems and not line.returned_for], True),
        (_("Được mở lại, chưa sửa gì"), [x for x in writable if x.is_unchanged and not x.problems], True),
        (_("Đã nhập đủ, chờ gửi"), [x for x in writable if x.is_ready and not x.returned_for], signs),
        (_("Đã gửi"), [line for line in lines if line.is_waiting], False),
        (_("Đã chuyển sang báo cáo của đơn vị khác"), [x for x in lines if x.is_told_elsewhere], False),
        (_("Đã tiếp nhận"), [x for x in lines if x.is_settled], False),
    ]


def _for_a_reader(lines: Sequence[ReportLine]) -> list[tuple[str, list[ReportLine], bool]]:
    sent = [line for line in lines if line.sent]
    return [
        (_("Chờ tiếp nhận"), [line for line in sent if line.is_waiting], True),
        (_("Được mở lại để đính chính"), [line for line in sent if line.is_writable and line.is_reopened], False),
        (_("Đã trả lại, chờ đơn vị gửi lại"), [x for x in sent if x.is_writable and not x.is_reopened], False),
        (_("Đã tiếp nhận"), [x for x in sent if not x.is_waiting and not x.is_writable], False),
        (_("Đơn vị chưa gửi"), [line for line in lines if not line.sent], False),
    ]
