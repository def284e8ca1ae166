"""The lines of a score's working: a sentence with its values, and the ids of the records it rests on. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from gettext import gettext as _

from tiendo.evaluation.content import CardOf, FigureOf
from tiendo.evaluation.criteria import TaskRules
from tiendo.evaluation.items import Item, Piece, done_of, item_result, result_of
from tiendo.evaluation.shaping import decimal_text
from tiendo.evaluation.weights import SHOWN, rounded
from tiendo.ui.sentences import Sentence

# Marked once: asking for a message by name looks for catalogues on the disk each time.
ITEM = _("{code} {name}: hoàn thành {done} %, sau khi trừ còn {result} %; hệ số {weight} × {factor}")
UNREPORTED = _("{code}: thiếu báo cáo, tính là chưa làm gì")
UNMEASURED = _("{code}: thiếu số liệu chỉ tiêu gắn kèm")
UNSHOWN = _("{code}: thiếu minh chứng được chấp nhận")
LATE = _("{code}: chậm so với thời hạn")
EXCUSED = _("{code}: chậm, nguyên nhân khách quan đã được xác nhận")
FAILED = _("{code}: {count} lần không đạt chất lượng")
SPLIT = _("{code}: mục này tách thành {count} phần, tính theo phần kém nhất")


@dataclass(frozen=True)
class Line:
    """One step: `pattern` is the message, `values` what is put in, `ids` the records (codes of tasks, text ids)."""

    pattern: str
    values: dict[str, str]
    ids: tuple[str, ...] = ()

    @property
    def text(self) -> Sentence:
        return Sentence.of(self.pattern, **self.values)


def line(pattern: str, ids: Iterable[str] = (), **values: str) -> Line:
    return Line(pattern, values, tuple(ids))


def number(value: Fraction) -> str:
    """As shown: at most six decimals, with a comma."""
    return decimal_text(rounded(value, SHOWN)).replace(".", ",")


def percent(share: Fraction) -> str:
    return number(share * 100)


def item_lines(item: Item, rules: TaskRules, card: CardOf) -> list[Line]:
    """An item of the plan: what it weighs, what came of it by its worst piece, and a line for each thing amiss."""
    worst = min(item.pieces, key=lambda piece: (result_of(piece, rules, card), piece.task.code))
    main = line(
        ITEM,
        [each for piece in item.pieces for each in _records(piece)],
        code=worst.task.code,
        name=worst.task.name,
        done=percent(done_of(worst, rules, card)),
        result=percent(item_result(item, rules, card)),
        weight=number(item.weight),
        factor=number(item.factor),
    )
    return [main, *(line(words, [worst.task.code], **values) for words, values in _remarks(item, worst))]


def _remarks(item: Item, worst: Piece) -> list[tuple[str, dict[str, str]]]:
    task, code = worst.task, {"code": worst.task.code}
    said = (
        (task.reported is None, UNREPORTED, 0),
        (any(each.progress is None for each in task.outcomes), UNMEASURED, 0),
        (bool(worst.reported) and not task.evidence, UNSHOWN, 0),
        (worst.late and not worst.excused, LATE, 0),
        (worst.late and worst.excused, EXCUSED, 0),
        (bool(task.failed_checks), FAILED, len(task.failed_checks)),
        (len(item.pieces) > 1, SPLIT, len(item.pieces)),
    )
    return [(words, code | ({"count": str(count)} if count else {})) for holds, words, count in said if holds]


def _records(piece: Piece) -> list[str]:
    task = piece.task
    ids = [f"plans.task:{task.code}", task.record, *task.evidence]
    ids += [each.figure for each in task.outcomes]
    ids += [each for check in task.failed_checks for each in (check.id, check.cause)]
    return [each for each in [*ids, task.cause, task.beyond] if each]


def figure_line(figure: FigureOf) -> Line:
    """The figure a criterion reads."""
    ids = [figure.figure] if figure.figure else []
    values = {"indicator": figure.indicator, "period": figure.period}
    if figure.value is None:
        return line(_("chỉ tiêu {indicator} kỳ {period}: thiếu ({why})"), ids, **values, why=figure.why)
    read = "" if figure.progress is None else number(Fraction(figure.progress))
    words = _("chỉ tiêu {indicator} kỳ {period}: giá trị {value}, tiến độ {progress} %")
    return line(words, ids, **values, value=number(Fraction(figure.value)), progress=read or "–")
