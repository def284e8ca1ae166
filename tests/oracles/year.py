"""Every figure of an issued report, counted from the chronicle alone: what people did, not what was stored."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from tests.year.chronicle import Chronicle, Job, Span, Turn, Word

Told = tuple[Job, Word | None]
Count = Callable[[Told], bool]


def figures_of(chronicle: Chronicle, period: int) -> dict[str, Decimal | None]:
    """Key → value; the keys are those of the report, groups of the plan included."""
    told = [(job, chronicle.accepted(code, period)) for code, job in sorted(chronicle.jobs.items())]
    found = _of_tasks(told, chronicle, period) | _of_units(chronicle, period)
    for group in {job.group for job, _word in told}:
        own = _of_tasks([each for each in told if each[0].group == group], chronicle, period)
        wanted = ("total", "done", "open_overdue", "rate_all", "money_allocated", "money_used", "money_rate")
        found |= {f"group:{group}:{key}": own[key] for key in wanted}
    return found


def _of_tasks(told: list[Told], chronicle: Chronicle, period: int) -> dict[str, Decimal | None]:
    last_day = chronicle.spans[period].data_to - timedelta(days=1)
    now = [_cell(job.due_on, word, last_day) for job, word in told]
    first = [_cell(job.first_due_on, word, last_day) for job, word in told]
    done = now.count("done_on_time") + now.count("done_late")
    new = [word is not None and word.period == period for _job, word in told]
    found: dict[str, Decimal | None] = {
        "total": Decimal(len(told)),
        **{cell: Decimal(now.count(cell)) for cell in ("done_on_time", "done_late", "open_in_time", "open_overdue")},
        "done": Decimal(done),
        "rate_all": _per_cent(done, len(told)),
        "rate_due": _per_cent(done, done + now.count("open_overdue")),
        "on_time_rate": _on_time(now),
        "on_time_rate_original": _on_time(first),
        "not_reported": _count(not fresh and "open" in cell for fresh, cell in zip(new, now, strict=True)),
        "without_report": _count(word is None for _job, word in told),
        "finished": _count(fresh and "done" in cell for fresh, cell in zip(new, now, strict=True)),
    }
    return found | _said(told, new) | _money(told, chronicle, period) | _ahead(told, now, chronicle, period)


def _said(told: list[Told], new: list[bool]) -> dict[str, Decimal | None]:
    fresh = [word for (_job, word), is_new in zip(told, new, strict=True) if is_new and word is not None]
    return {
        "documents": Decimal(len({word.said.document for word in fresh if word.said.document})),
        "difficulties": _count(bool(word.said.difficulty) for word in fresh),
        "estimate_told": Decimal(0),
        "estimate_done": Decimal(0),
    }


def _money(told: list[Told], chronicle: Chronicle, period: int) -> dict[str, Decimal | None]:
    year = _year(chronicle.spans[period])
    used = [
        Decimal(word.said.money_used)
        for _job, word in told
        if word is not None and word.said.money_used is not None and _year(chronicle.spans[word.period]) == year
    ]
    return {"money_allocated": None, "money_used": sum(used, Decimal(0)) if used else None, "money_rate": None}


def _year(span: Span) -> int:
    """In which its last day of data lies."""
    return (span.data_to - timedelta(days=1)).year


def _ahead(told: list[Told], cells: list[str], chronicle: Chronicle, period: int) -> dict[str, Decimal | None]:
    span = chronicle.spans[period]
    until = span.data_to + (span.data_to - span.data_from)
    due = [job.due_on < until for job, _word in told]
    return {"ahead": _count(soon and cell == "open_in_time" for soon, cell in zip(due, cells, strict=True))}


def _of_units(chronicle: Chronicle, period: int) -> dict[str, Decimal | None]:
    turns = [turn for (number, _unit), turn in chronicle.turns.items() if number == period]
    sent = [turn for turn in turns if turn.sent_at is not None]
    return {
        "units": Decimal(len(turns)),
        "units_sent": Decimal(len(sent)),
        "units_on_time": _count(not _late(turn) for turn in sent),
        "units_late": _count(_late(turn) for turn in sent),
        "units_missing": Decimal(len(turns) - len(sent)),
        "units_nothing_new": _count(turn.nothing_new for turn in sent),
        "urgings": Decimal(sum(turn.urged for turn in turns)),
    } | _of_registers()


def _of_registers() -> dict[str, Decimal | None]:
    """The year is lived on tasks alone: its plan holds no indicators, nobody registers a difficulty; the
    report must say so."""
    measures = ("measures", *(f"measures_{kind}" for kind in ("told", "met", "on_track", "not_met", "no_data")))
    causes = ("objective", "subjective", "raised", "removed")
    return dict.fromkeys((*measures, "obstacles", *(f"obstacles_{kind}" for kind in causes)), Decimal(0))


def _late(turn: Turn) -> bool:
    assert turn.sent_at is not None
    return turn.sent_at >= turn.due_at


def _cell(due_on: date, word: Word | None, last_day: date) -> str:
    finished = word.said.completed_on if word is not None else None
    if finished is not None and finished <= last_day:
        return "done_late" if finished > due_on else "done_on_time"
    return "open_overdue" if last_day > due_on else "open_in_time"


def _on_time(cells: list[str]) -> Decimal | None:
    judged = [cell for cell in cells if cell != "open_in_time"]
    return _per_cent(judged.count("done_on_time"), len(judged))


def _per_cent(part: int, whole: int) -> Decimal | None:
    """Cut to one decimal, never rounded up."""
    return Decimal(1000 * part // whole) / 10 if whole else None


def _count(truths: object) -> Decimal:
    return Decimal(sum(map(bool, truths)))  # type: ignore[call-overload]
