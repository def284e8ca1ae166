"""A card as a paper and as a workbook for the yearly evaluation file (R036): criteria, weights, points and evidence,
and the tasks in charge alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from tiendo.evaluation.content import LEAD, CardOf, Snapshot, TaskOf
from tiendo.evaluation.earning import HUNDRED
from tiendo.evaluation.items import outcome_of
from tiendo.evaluation.weights import rounded
from tiendo.papers.model import Align, Block, Column, Heading, Paper, Paragraph, Run, Signature, TableBlock
from tiendo.papers.workbook import Kind, Sheet, SheetColumn, Value
from tiendo.plans.states import STATE_WORDS, WorkState
from tiendo.ui.formats import number_text, percent_number
from tiendo.ui.saying import said
from tiendo.ui.sentences import Sentence

Working = Mapping[str, Any]


@dataclass(frozen=True)
class Head:
    """Who issues the card and for whom it is signed, as letterheads say it."""

    parent_agency: str
    issuing_agency: str
    symbol: str
    place: str
    signer_title: str
    signer_name: str


@dataclass(frozen=True)
class Carded:
    """Everything a card's paper tells: the facts, the working, and what they are pinned to."""

    facts: Snapshot
    card: CardOf
    working: Working
    rank_size: int
    sha256: str
    head: Head


def card_paper(carded: Carded, *, illustrative: bool) -> Paper:
    """The paper, to be laid out by `papers.docx`."""
    facts, head = carded.facts, carded.head
    return Paper(
        parent_agency=head.parent_agency,
        issuing_agency=head.issuing_agency,
        symbol=head.symbol,
        place=head.place,
        year=facts.taken_on.year,
        kind_title=_("PHIẾU ĐÁNH GIÁ"),
        summary=Sentence.of(
            _("kết quả thực hiện nhiệm vụ năm {year} của {name}"), year=facts.cycle.year, name=_who(carded)
        ),
        body=tuple(_body(carded)),
        signature=Signature((), head.signer_title, head.signer_name),
        footer_note=Sentence.of(
            _("Bộ tiêu chí {code} phiên bản {number}; kế hoạch {plan} phiên bản {version}; số liệu {sha}"),
            code=facts.criteria_code,
            number=facts.criteria_number,
            plan=facts.plan.code,
            version=facts.plan.version,
            sha=carded.sha256[:16],
        ),
        illustrative=illustrative,
    )


def card_sheets(carded: Carded) -> list[Sheet]:
    """Criteria with their lines, and the tasks, as two sheets."""
    note = f"{_who(carded)} – {_days(carded)}"
    wide = (SheetColumn(_("Tiêu chí"), 40), SheetColumn(_("Trọng số"), 12, Kind.PLAIN))
    columns = (*wide, SheetColumn(_("Điểm"), 12, Kind.PLAIN), SheetColumn(_("Căn cứ"), 90))
    criteria = [
        (each["name"], Decimal(each["weight"]), Decimal(each["points"]), "\n".join(lines_of(each)))
        for each in carded.working["criteria"]
    ]
    heads = (_("Mã"), _("Nhiệm vụ"), _("Vai trò"), _("Thời hạn"), _("Trạng thái"), _("Hoàn thành ngày"))
    kinds = (Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.DATE, Kind.TEXT, Kind.DATE)
    widths = (18, 60, 14, 14, 18, 16)
    tasks = (
        *(SheetColumn(title, width, kind) for title, width, kind in zip(heads, widths, kinds, strict=True)),
        SheetColumn(_("Báo cáo (%)"), 12, Kind.PLAIN),
        SheetColumn(_("Theo chỉ tiêu (%)"), 14, Kind.PLAIN),
        SheetColumn(_("Số minh chứng"), 12, Kind.WHOLE),
    )
    return [
        Sheet(_("Điểm"), columns, criteria, note),
        Sheet(_("Nhiệm vụ"), tasks, [_task_values(each) for each in carded.card.tasks], note, frozen_columns=2),
    ]


def lines_of(points: Working) -> list[str]:
    """The working of one criterion in words."""
    return [said(Sentence.of(line["pattern"], **line["values"])) for line in points["lines"]]


def _who(carded: Carded) -> str:
    card = carded.card
    return f"{card.name} ({card.unit})" if card.head else card.name


def _days(carded: Carded) -> str:
    since = carded.card.head_from or carded.facts.cycle.data_from
    until = carded.card.head_to or carded.facts.cycle.data_to
    return Sentence.of(_("số liệu từ {since} đến trước {until}"), since=_day(since), until=_day(until))


def _body(carded: Carded) -> list[Block]:
    working = carded.working
    place = Sentence.of(
        _("Xếp hạng {rank} trong {size} (khoảng hạng {low}–{high})"),
        rank=working["rank"],
        size=carded.rank_size,
        low=working["rank_low"],
        high=working["rank_high"],
    )
    score = Sentence.of(_("Tổng điểm {score}: {band}."), score=_number(working["score"]), band=working["band_name"])
    return [
        Heading(1, _("Kết quả"), "I."),
        Paragraph((Run(score, bold=True),)),
        Paragraph((Run(f"{place}; {_days(carded)}."),)),
        Heading(1, _("Điểm theo tiêu chí"), "II."),
        _criteria_table(working),
        Heading(1, _("Nhiệm vụ thuộc trách nhiệm"), "III."),
        _tasks_table(carded.card.tasks),
    ]


def _criteria_table(working: Working) -> TableBlock:
    columns = (
        Column(_("Tiêu chí"), 30),
        Column(_("Trọng số"), 10, Align.RIGHT),
        Column(_("Điểm"), 10, Align.RIGHT),
        Column(_("Căn cứ"), 50),
    )
    rows = [
        (each["name"], _number(each["weight"]), _number(each["points"]), "; ".join(lines_of(each)))
        for each in working["criteria"]
    ]
    return TableBlock(columns, rows, (_("Tổng"), "", _number(working["score"]), ""))


def _tasks_table(tasks: Sequence[TaskOf]) -> TableBlock:
    columns = (
        Column(_("Mã"), 12),
        Column(_("Nhiệm vụ"), 28),
        Column(_("Vai trò"), 12),
        Column(_("Thời hạn"), 12),
        Column(_("Trạng thái"), 14),
        Column(_("Báo cáo (%)"), 10, Align.RIGHT),
        Column(_("Theo chỉ tiêu (%)"), 10, Align.RIGHT),
        Column(_("Minh chứng"), 10, Align.RIGHT),
    )
    return TableBlock(columns, [_task_cells(each) for each in tasks])


def _task_cells(task: TaskOf) -> tuple[str, ...]:
    reported = percent_number(task.reported) if task.reported is not None else _("thiếu")
    state, share = _(STATE_WORDS[WorkState(task.state)]), _outcome(task)
    outcome = percent_number(share) if share is not None else "–"
    return task.code, task.name, _role(task), _day(task.due), state, reported, outcome, str(len(task.evidence))


def _task_values(task: TaskOf) -> tuple[Value, ...]:
    state = _(STATE_WORDS[WorkState(task.state)])
    head = (task.code, task.name, _role(task), task.due, state, task.completed_on)
    return *head, task.reported, _outcome(task), len(task.evidence)


def _outcome(task: TaskOf) -> Decimal | None:
    """Percent by the indicators tied to the task, the very number scoring takes."""
    share = outcome_of(task)
    return None if share is None else rounded(share * HUNDRED, 4)


def _role(task: TaskOf) -> str:
    return _("chủ trì") if any(held.role == LEAD for held in task.roles) else _("phối hợp")


def _number(text: object) -> str:
    return number_text(Decimal(str(text)))


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
