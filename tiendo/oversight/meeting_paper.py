"""The parts of a meeting's paper that the briefing does not have: what was decided last time, what is new. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from tiendo.oversight.followup_history import Standing
from tiendo.oversight.followup_workflow import State
from tiendo.papers.model import Block, Heading
from tiendo.papers.numbers import format_date
from tiendo.reporting.papers.briefing import listed
from tiendo.reporting.papers.words import paragraph, unstopped

STANDING_WORDS: dict[State, str] = {
    State.OPEN: _("đang thực hiện"),
    State.REPORTED: _("đã báo cáo xong, chờ xác nhận"),
    State.CLOSED: _("đã xong"),
    State.CANCELLED: _("thôi theo dõi"),
}


@dataclass(frozen=True)
class DecidedLine:
    """One thing decided, as it is told at the meeting; `last_word` is what was said about it last."""

    unit: str
    text: str
    standing: Standing
    late_days: int
    last_word: str = ""

    @property
    def words(self) -> str:
        """ "Sở A: việc – hạn 01/06/2026, đang thực hiện, quá hạn 12 ngày; lời cuối."."""
        parts = [STANDING_WORDS[self.standing.state]]
        if self.standing.due_on is not None:
            parts.insert(0, _("hạn %s") % format_date(self.standing.due_on))
        if self.late_days:
            parts.append(_("quá hạn %d ngày") % self.late_days)
        told = f"; {unstopped(self.last_word)}" if self.last_word.strip() else ""
        return f"{self.unit}: {unstopped(self.text)} – {', '.join(parts)}{told}."


def decided_blocks(
    held_on: date | None, decided: Sequence[DecidedLine], earlier: Sequence[DecidedLine]
) -> Iterable[Block]:
    """Before everything else: the last meeting's decisions, then what earlier meetings left over."""
    if held_on is None:
        yield Heading(1, _("Kết luận cuộc họp trước"))
        yield paragraph(_("Chưa ghi cuộc họp nào trước ngày này."))
        return
    yield Heading(1, _("Kết luận cuộc họp ngày %s") % format_date(held_on))
    yield from listed([each.words for each in decided])
    if earlier:
        yield Heading(1, _("Việc còn lại từ các cuộc họp trước nữa (%d)") % len(earlier))
        yield from listed([each.words for each in earlier])


def difficulty_blocks(since: date, titles: Sequence[tuple[str, str]]) -> Iterable[Block]:
    """Difficulties registered since, each with its unit; nothing at all where none was."""
    if titles:
        yield Heading(1, _("Khó khăn, vướng mắc đăng ký từ ngày %s") % format_date(since))
        yield from listed([f"{unit}: {unstopped(title)}." for unit, title in titles])
