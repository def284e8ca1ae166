"""What a reviewer should look at twice before accepting a report on a task. Pure.

A flag is a hint with its reason, never a refusal: what may not be sent at all stands in `rules`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from gettext import gettext as _

from tiendo.analysis.likeness import is_alike
from tiendo.orgs.words import fold
from tiendo.plans.states import STATE_WORDS, WorkState
from tiendo.reporting.rules import Values
from tiendo.ui.formats import money_text, number_text
from tiendo.ui.sentences import Sentence


class Code(StrEnum):
    JUMP = "jump"
    REGRESSION = "regression"
    BACKWARDS = "backwards"
    NO_EVIDENCE = "no_evidence"
    SAME_AS_BEFORE = "same_as_before"
    SAME_AS_OTHER = "same_as_other"
    MONEY_OVER = "money_over"
    MONEY_FALLEN = "money_fallen"
    DATE_OUTSIDE = "date_outside"
    DATE_AHEAD = "date_ahead"
    DATE_EARLY = "date_early"
    ESTIMATE_LOW = "estimate_low"


class Severity(StrEnum):
    """`WARNING` contradicts something known; `NOTICE` is only unusual."""

    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True)
class Flag:
    """`sentence` says what is unusual, with both values; a face says it with `ui.saying.said`."""

    code: Code
    sentence: Sentence
    severity: Severity = Severity.WARNING


@dataclass(frozen=True)
class Limits:
    """From `jump` points upwards a rise is a jump; from `alike` percent upwards two texts are near-identical.

    Folded texts shorter than `short` characters are not held against other units: "đang thực hiện" is no copy.
    """

    jump: Decimal = Decimal(50)
    alike: int = 90
    short: int = 40


@dataclass(frozen=True)
class Neighbour:
    """What another unit says in the same period."""

    unit: str
    result: str


@dataclass(frozen=True)
class Window:
    """The days a report speaks of: data from-inclusive to-exclusive, the day of the report, the day of the task."""

    on: date
    data_from: date
    data_to: date
    given_on: date | None = None


_ORDER = {WorkState.NOT_STARTED: 0, WorkState.IN_PROGRESS: 1, WorkState.PAUSED: 1, WorkState.COMPLETED: 2}
USUAL = Limits()


def flags(
    values: Values,
    before: Values | None,
    *,
    evidence: int,
    on: date,
    data_from: date,
    data_to: date,
    given_on: date | None = None,
    same_year: bool = True,
    neighbours: Iterable[Neighbour] = (),
    limits: Limits = USUAL,
) -> tuple[Flag, ...]:
    """What is unusual in `values`, in the order people read them; empty when the report is clean.

    `before` is what was last accepted on the task; `same_year` whether that was in the same calendar year, as money is
    counted from 1 January. `evidence` is how many pieces back it, `given_on` when the task was given.
    """
    window = Window(on, data_from, data_to, given_on)
    found = [*_completion(values, evidence), *_dates(values, before, window), *_estimate(values)]
    if before is not None:
        found += [*_movement(values, before, limits), *_words_before(values, before, limits)]
    found += [*_money(values, before if same_year else None), *_words_elsewhere(values, neighbours, limits)]
    return tuple(found)


def _completion(values: Values, evidence: int) -> Iterator[Flag]:
    if not evidence and (values.state == WorkState.COMPLETED or values.percent == 100):
        yield Flag(Code.NO_EVIDENCE, Sentence.of(_("Báo hoàn thành nhưng không có minh chứng.")))


def _movement(values: Values, before: Values, limits: Limits) -> Iterator[Flag]:
    if values.percent is not None and before.percent is not None:
        step = values.percent - before.percent
        shown = {"before": number_text(before.percent), "now": number_text(values.percent)}
        if step < 0:
            yield Flag(Code.REGRESSION, Sentence.of(_("Tỷ lệ giảm còn {now}%, trước đó là {before}%."), **shown))
        if step >= limits.jump:
            sentence = Sentence.of(_("Tỷ lệ tăng đột ngột từ {before}% lên {now}%."), **shown)
            yield Flag(Code.JUMP, sentence, Severity.NOTICE)
    if values.state in _ORDER and before.state in _ORDER and _ORDER[values.state] < _ORDER[before.state]:
        pattern = _("Trạng thái lùi từ “{before}” về “{now}”.")
        words = {"before": STATE_WORDS[before.state], "now": STATE_WORDS[values.state]}
        yield Flag(Code.BACKWARDS, Sentence.of(pattern, **words))


def _words_before(values: Values, before: Values, limits: Limits) -> Iterator[Flag]:
    now, then = fold(values.result), fold(before.result)
    if now and then and is_alike(now, then, limits.alike):
        sentence = Sentence.of(_("Nội dung kết quả gần như giống hệt kỳ trước."))
        yield Flag(Code.SAME_AS_BEFORE, sentence, Severity.NOTICE)


def _words_elsewhere(values: Values, neighbours: Iterable[Neighbour], limits: Limits) -> Iterator[Flag]:
    now = fold(values.result)
    if len(now) < limits.short:
        return
    for other in neighbours:
        if is_alike(now, fold(other.result), limits.alike):
            pattern = _("Nội dung kết quả gần như giống hệt báo cáo của {unit} trong kỳ này.")
            yield Flag(Code.SAME_AS_OTHER, Sentence.of(pattern, unit=other.unit), Severity.NOTICE)
            return


def _money(values: Values, before: Values | None) -> Iterator[Flag]:
    used, allocated = values.money_used, values.money_allocated
    if used is not None and allocated is not None and used > allocated:
        pattern = _("Kinh phí đã dùng {used} vượt kinh phí được giao {allocated}.")
        yield Flag(Code.MONEY_OVER, Sentence.of(pattern, used=money_text(used), allocated=money_text(allocated)))
    then = before.money_used if before is not None else None
    if used is not None and then is not None and used < then:
        pattern = _("Kinh phí đã dùng trong năm giảm từ {before} xuống {now}.")
        yield Flag(Code.MONEY_FALLEN, Sentence.of(pattern, before=money_text(then), now=money_text(used)))


def _dates(values: Values, before: Values | None, window: Window) -> Iterator[Flag]:
    day = values.completed_on
    if day is None:
        return
    said = {"day": f"{day:%d/%m/%Y}"}
    if day > window.on:
        yield Flag(Code.DATE_AHEAD, Sentence.of(_("Ngày hoàn thành {day} sau ngày báo cáo."), **said))
    if window.given_on is not None and day < window.given_on:
        yield Flag(Code.DATE_EARLY, Sentence.of(_("Ngày hoàn thành {day} trước khi nhiệm vụ được giao."), **said))
    known = before is not None and before.completed_on == day
    if not known and not window.data_from <= day < window.data_to:
        sentence = Sentence.of(_("Ngày hoàn thành {day} nằm ngoài khoảng số liệu của kỳ."), **said)
        yield Flag(Code.DATE_OUTSIDE, sentence, Severity.NOTICE)


def _estimate(values: Values) -> Iterator[Flag]:
    now, end = values.percent, values.percent_estimate
    if now is not None and end is not None and end < now:
        pattern = _("Ước đến 31/12 ({end}%) thấp hơn tỷ lệ hiện tại ({now}%).")
        yield Flag(Code.ESTIMATE_LOW, Sentence.of(pattern, end=number_text(end), now=number_text(now)))
