"""A briefing of one or two pages for a meeting at any date: red first, then what is near, new and open. Pure.

Every line is as accepted records told it at the end of the day `on`; `since` is the day of the last meeting.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from gettext import gettext as _

from tiendo.calendars.deadlines import SOON_DAYS, Cell
from tiendo.calendars.periods import VIETNAM
from tiendo.papers.model import Block, Heading, Paper, Signature
from tiendo.papers.numbers import format_date
from tiendo.papers.wording import numbered
from tiendo.reporting.papers.consolidation import TaskLine
from tiendo.reporting.papers.paper import Letterhead
from tiendo.reporting.papers.words import bullet, lower_first, paragraph, unstopped

MOST = 10  # lines of a section on paper; the rest are counted


@dataclass(frozen=True)
class Late:
    """A unit that had not sent a report due by then, and since when it is late."""

    unit: str
    period: str
    since: date


@dataclass(frozen=True)
class OpenUrging:
    """An urging that nobody had confirmed or answered by then."""

    unit: str
    about: str
    sent_on: date


@dataclass(frozen=True)
class BriefingFacts:
    """What was known on the day; `before` are the same tasks as they were known at the end of `since`."""

    scope: str
    on: date
    since: date
    lines: tuple[TaskLine, ...]
    before: tuple[TaskLine, ...]
    answering: Mapping[str, str] = field(default_factory=dict)  # task code → name of the accountable head
    late: tuple[Late, ...] = ()
    urgings: tuple[OpenUrging, ...] = ()


@dataclass(frozen=True)
class Briefing:
    """The sections, each a list of tasks in the order in which a leader wants them.

    overdue: unfinished past their deadline, the longest first. due_soon: unfinished, due within SOON_DAYS days.
    completed, completed_late: finished now and not at `since`, by their deadline or after it. newly_overdue: overdue
    now and not at `since`. difficulties: unfinished, with a difficulty in their newest accepted report.
    """

    facts: BriefingFacts
    overdue: tuple[TaskLine, ...]
    due_soon: tuple[TaskLine, ...]
    completed: tuple[TaskLine, ...]
    completed_late: tuple[TaskLine, ...]
    newly_overdue: tuple[TaskLine, ...]
    difficulties: tuple[TaskLine, ...]


def brief(facts: BriefingFacts) -> Briefing:
    on, since = facts.on, facts.since
    cells = {line.code: line.cell_on(on) for line in facts.lines}
    earlier = {line.code: line.cell_on(since) for line in facts.before}
    limit = on + timedelta(days=SOON_DAYS)

    def those(belongs: Callable[[TaskLine], bool]) -> tuple[TaskLine, ...]:
        chosen = [line for line in facts.lines if belongs(line)]
        return tuple(sorted(chosen, key=lambda line: (line.due_on or date.max, line.code)))

    return Briefing(
        facts=facts,
        overdue=those(lambda line: cells[line.code] == Cell.OPEN_OVERDUE),
        due_soon=those(
            lambda line: cells[line.code] == Cell.OPEN_IN_TIME and line.due_on is not None and line.due_on <= limit
        ),
        completed=those(lambda line: cells[line.code] == Cell.DONE_ON_TIME and earlier.get(line.code) not in _FINISHED),
        completed_late=those(
            lambda line: cells[line.code] == Cell.DONE_LATE and earlier.get(line.code) not in _FINISHED
        ),
        newly_overdue=those(
            lambda line: cells[line.code] == Cell.OPEN_OVERDUE and earlier.get(line.code) != Cell.OPEN_OVERDUE
        ),
        difficulties=those(lambda line: not line.is_done(on) and bool(line.difficulty.strip())),
    )


_FINISHED = frozenset({Cell.DONE_ON_TIME, Cell.DONE_LATE})


def briefing_paper(
    briefing: Briefing,
    head: Letterhead,
    *,
    at: datetime,
    illustrative: bool,
    opening: Iterable[Block] = (),
    closing: Iterable[Block] = (),
) -> Paper:
    """The briefing as a paper; each section names at most MOST lines and counts the rest. `opening` stands before its
    sections and `closing` after them."""
    facts = briefing.facts
    summary = _("Tình hình thực hiện nhiệm vụ đến hết ngày %(day)s – %(scope)s")
    return Paper(
        parent_agency=head.parent_agency,
        issuing_agency=head.issuing_agency,
        symbol=head.symbol,
        place=head.place,
        year=at.astimezone(VIETNAM).year,
        kind_title=_("Báo cáo nhanh"),
        summary=summary % {"day": format_date(facts.on), "scope": facts.scope},
        body=numbered((*opening, *_body(briefing), *closing)),
        signature=Signature((), head.signer_title, head.signer_name),
        recipients=(_("Lãnh đạo dự họp"), _("Lưu: VT")),
        footer_note=_("Theo các báo cáo đã tiếp nhận đến hết ngày %s.") % format_date(facts.on),
        illustrative=illustrative,
    )


def _body(briefing: Briefing) -> Iterable[Block]:
    facts = briefing.facts
    yield Heading(1, _("Quá hạn chưa hoàn thành (%d)") % len(briefing.overdue))
    yield from listed([overdue_words(line, facts) for line in briefing.overdue])
    yield Heading(1, _("Đến hạn trong %(n)d ngày tới (%(count)d)") % {"n": SOON_DAYS, "count": len(briefing.due_soon)})
    yield from listed([_due_words(line) for line in briefing.due_soon])
    yield Heading(1, _("Thay đổi từ ngày %s") % format_date(facts.since))
    yield paragraph(
        _("Hoàn thành đúng hạn %(a)d, hoàn thành quá hạn %(b)d, mới quá hạn %(c)d nhiệm vụ.")
        % {
            "a": len(briefing.completed),
            "b": len(briefing.completed_late),
            "c": len(briefing.newly_overdue),
        }
    )
    yield from listed([_done_words(line) for line in (*briefing.completed, *briefing.completed_late)], none="")
    yield Heading(1, _("Khó khăn, vướng mắc chưa tháo gỡ (%d)") % len(briefing.difficulties))
    yield from listed([difficulty_words(line) for line in briefing.difficulties])
    yield Heading(1, _("Chưa báo cáo và đôn đốc chưa trả lời"))
    yield from listed([late_words(each) for each in facts.late] + [urging_words(each) for each in facts.urgings])


def listed(words: list[str], *, none: str = _("Không có.")) -> Iterable[Block]:
    """At most MOST lines and a count of the rest; the words `none` where there is nothing."""
    if not words and none:
        yield paragraph(none)
    for each in words[:MOST]:
        yield bullet(each)
    if len(words) > MOST:
        yield bullet(_("và %d việc khác.") % (len(words) - MOST))


def overdue_words(line: TaskLine, facts: BriefingFacts) -> str:
    """Why, who, since when: "Việc (Sở A, ông B): quá hạn từ 01/06/2026, 30 ngày; vướng …"."""
    assert line.due_on is not None
    who = ", ".join(filter(None, (line.lead or _("chưa rõ cơ quan chủ trì"), facts.answering.get(line.code))))
    since = {"day": format_date(line.due_on + timedelta(days=1)), "n": (facts.on - line.due_on).days}
    words = f"{line.title} ({who}): " + _("quá hạn từ ngày %(day)s, %(n)d ngày") % since
    why = unstopped(line.difficulty) or (_("chưa có báo cáo được tiếp nhận") if line.record is None else "")
    return words + (f"; {lower_first(why)}." if why else ".")


def _due_words(line: TaskLine) -> str:
    assert line.due_on is not None
    lead = line.lead or _("chưa rõ cơ quan chủ trì")
    return f"{line.title} ({lead}, {_('hạn')} {format_date(line.due_on)})."


def _done_words(line: TaskLine) -> str:
    done = _("hoàn thành ngày %s") % format_date(line.completed_on) if line.completed_on else ""
    return f"{line.title} ({line.lead or _('chưa rõ cơ quan chủ trì')}): {done}."


def difficulty_words(line: TaskLine) -> str:
    unit = line.record.unit if line.record else line.lead or ""
    return f"{unit} – {line.title}: {lower_first(unstopped(line.difficulty))}."


def late_words(late: Late) -> str:
    return _("%(unit)s chưa gửi báo cáo kỳ %(period)s, muộn từ ngày %(day)s.") % {
        "unit": late.unit,
        "period": lower_first(late.period),
        "day": format_date(late.since),
    }


def urging_words(urging: OpenUrging) -> str:
    return _("%(unit)s chưa trả lời đôn đốc ngày %(day)s về %(about)s.") % {
        "unit": urging.unit,
        "day": format_date(urging.sent_on),
        "about": lower_first(urging.about),
    }
