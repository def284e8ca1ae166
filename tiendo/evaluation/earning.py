"""What one criterion gives a card: a share of its weight from 0 to 1, with the lines it came by. Pure.

What is missing gives 0 and is said with the word "thiếu"; it never leaves the sum.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from gettext import gettext as _

from tiendo.evaluation.bands import share_of
from tiendo.evaluation.content import CardOf, JudgementOf
from tiendo.evaluation.criteria import Content, Criterion, Kind, Reading, TaskRules
from tiendo.evaluation.items import Item, item_result, share_where
from tiendo.evaluation.results import Earned
from tiendo.evaluation.states import Voice
from tiendo.evaluation.weights import mean
from tiendo.evaluation.working import Line, figure_line, item_lines, line, number

HUNDRED = Fraction(100)


def earned(content: Content, criterion: Criterion, card: CardOf, items: list[Item]) -> Earned:
    """By the criterion's kind."""
    if criterion.kind is Kind.TASK_RESULTS:
        return _by_tasks(criterion.tasks or TaskRules(), card, items)
    if criterion.kind is Kind.DISCIPLINE:
        return _by_reports(criterion, card)
    if criterion.kind is Kind.QUALITATIVE:
        return _by_level(criterion, card)
    return _by_value(content, criterion, card, items)


def _missing(*lines: Line) -> Earned:
    return Earned(Fraction(0), True, (*lines, line(_("thiếu: tính 0 điểm"))))


def _by_tasks(rules: TaskRules, card: CardOf, items: list[Item]) -> Earned:
    share = mean((item.whole, item_result(item, rules, card)) for item in items)
    lines = [each for item in items for each in item_lines(item, rules, card)]
    if share is None:
        return _missing(line(_("không có nhiệm vụ nào được tính trong kỳ")))
    whole = number(sum((item.whole for item in items), Fraction(0)))
    total = line(_("trung bình có trọng số {share} trên tổng hệ số {whole}"), share=number(share), whole=whole)
    return Earned(share, False, (*lines, total))


def _by_reports(criterion: Criterion, card: CardOf) -> Earned:
    reports = card.reports
    words = _("phải nộp {owed} báo cáo: đúng hạn {on_time}, muộn {late} (hệ số {factor}), thiếu {missing}")
    counts = {"owed": reports.owed, "on_time": reports.on_time, "late": reports.late, "missing": reports.missing}
    said = line(
        words, reports.ids, factor=number(Fraction(criterion.late_report)), **{k: str(v) for k, v in counts.items()}
    )
    if not reports.owed:
        return Earned(Fraction(1), False, (line(_("không phải nộp báo cáo nào trong kỳ: tính trọn điểm")),))
    earned = reports.on_time + reports.late * Fraction(criterion.late_report)
    return Earned(earned / reports.owed, False, (said,))


def _by_level(criterion: Criterion, card: CardOf) -> Earned:
    words = _words(criterion, card)
    known = {each.level: each for each in criterion.levels}
    heard = [each for each in words if each.level in known]
    lines = tuple(
        line(
            _("{voice}: mức {level} “{name}”"),
            _ids_of(each),
            voice=each.voice.value,
            level=str(each.level),
            name=known[each.level or 0].name,
        )
        for each in heard
    )
    if not heard:
        return _missing()
    level = min(each.level or 0 for each in heard)
    points = known[level].points
    closing = line(_("tính mức {level}: {points} điểm"), level=str(level), points=number(Fraction(points)))
    return Earned(Fraction(points) / Fraction(criterion.weight), False, (*lines, closing))


def _words(criterion: Criterion, card: CardOf) -> list[JudgementOf]:
    """Whose words count: the referee's, else the assessors' (the lower of the two), else the coordinator's; never the
    unit's own."""
    said = [each for each in card.judgements if each.criterion == criterion.code]
    for voice in (Voice.REFEREE, Voice.ASSESSOR, Voice.COORDINATOR):
        heard = [each for each in said if each.voice is voice]
        if heard:
            return sorted(heard, key=lambda each: each.id)
    return []


def _ids_of(word: JudgementOf) -> tuple[str, ...]:
    evidence = (word.evidence,) if word.evidence else ()
    return (f"evaluation.judgement:{word.id}", *evidence)


def _by_value(content: Content, criterion: Criterion, card: CardOf, items: list[Item]) -> Earned:
    value, lines = _value(content, criterion, card, items)
    if value is None:
        return _missing(*lines)
    share = share_of(criterion, value)
    points = number(Fraction(criterion.weight) * share)
    unit = criterion.measure.unit if criterion.measure else ""
    words = _("giá trị {value} {unit}: {points} điểm")
    return Earned(share, False, (*lines, line(words, value=number(value), unit=unit, points=points)))


def _value(
    content: Content, criterion: Criterion, card: CardOf, items: list[Item]
) -> tuple[Fraction | None, tuple[Line, ...]]:
    reads = criterion.measure.reads if criterion.measure else Reading.CLAIMED
    if reads in (Reading.FIGURE_VALUE, Reading.FIGURE_PROGRESS):
        return _figure(criterion, card, progress=reads is Reading.FIGURE_PROGRESS)
    if reads is Reading.CLAIMED:
        return _claimed(criterion, card)
    share = _SHARES[reads](content, items)
    ids = tuple(piece.task.code for item in items for piece in item.pieces)
    said = line(_("tính trên {count} mục nhiệm vụ"), ids, count=str(len(items)))
    return (None if share is None else share * HUNDRED), (said,)


def _figure(criterion: Criterion, card: CardOf, *, progress: bool) -> tuple[Fraction | None, tuple[Line, ...]]:
    wanted = criterion.measure.indicator if criterion.measure else ""
    found = [each for each in card.figures if each.indicator == wanted]
    if not found:
        return None, (line(_("không có số liệu của chỉ tiêu {indicator}"), indicator=wanted),)
    figure = found[0]
    read = figure.progress if progress else figure.value
    return (None if read is None else Fraction(read)), (figure_line(figure),)


def _claimed(criterion: Criterion, card: CardOf) -> tuple[Fraction | None, tuple[Line, ...]]:
    """The number found; of two the one that earns less."""
    heard = [each for each in _words(criterion, card) if each.value is not None]
    lines = tuple(
        line(_("{voice}: {value}"), _ids_of(each), voice=each.voice.value, value=number(Fraction(each.value or 0)))
        for each in heard
    )
    values = [Fraction(each.value or 0) for each in heard]
    return (min(values, key=lambda value: (share_of(criterion, value), value)) if values else None), lines


def reported_share(items: Iterable[Item]) -> Fraction | None:
    """Completion as reported, by the weights of items."""
    return mean((item.whole, item.reported) for item in items)


def outcome_share(items: Iterable[Item]) -> Fraction | None:
    """Only over items an indicator is tied to."""
    return mean((item.whole, item.outcome) for item in items if item.outcome is not None)


_SHARES: dict[Reading, Callable[[Content, list[Item]], Fraction | None]] = {
    Reading.REPORTED: lambda content, items: reported_share(items),
    Reading.OUTCOME: lambda content, items: outcome_share(items),
    Reading.ON_TIME: lambda content, items: share_where(
        items, [item.completed and not item.late(content) for item in items]
    ),
    Reading.EVIDENCE: lambda content, items: share_where(items, [item.shown for item in items]),
}
