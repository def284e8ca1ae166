"""Points by value, rubrics and overall bands: reading them, and refusing gaps and overlaps by name. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from gettext import gettext as _
from itertools import pairwise

from tiendo.evaluation.criteria import Band, Content, Criterion, Kind, Level, Overall, Reading
from tiendo.evaluation.shaping import decimal_text
from tiendo.evaluation.weights import limited
from tiendo.ui.sentences import Sentence

RISING = frozenset(Reading) - {Reading.FIGURE_VALUE, Reading.CLAIMED}


def share_of(criterion: Criterion, value: Fraction) -> Fraction:
    """The part of the criterion's weight a value earns, from 0 to 1."""
    if criterion.bands:
        return Fraction(band_of(criterion.bands, value).points) / Fraction(criterion.weight)
    measure = criterion.measure
    if measure is None or measure.zero_at is None or measure.full_at is None:
        raise ValueError(f"criterion {criterion.code} has neither bands nor a line")
    zero, full = Fraction(measure.zero_at), Fraction(measure.full_at)
    return limited((value - zero) / (full - zero))


def band_of(bands: Sequence[Band], value: Fraction) -> Band:
    """The band a value lies in: from its low end on, up to but not including its high end."""
    return next(
        band for band in bands if (band.low is None or band.low <= value) and (band.high is None or value < band.high)
    )


def words_of(band: Band, unit: str = "") -> Sentence:
    """The band in words: from 50 to under 70."""
    tail = f" {unit}" if unit else ""
    if band.low is None and band.high is None:
        return Sentence.of(_("mọi giá trị"))
    if band.low is None:
        return Sentence.of(_("dưới {high}{unit}"), high=_text(band.high), unit=tail)
    if band.high is None:
        return Sentence.of(_("từ {low}{unit} trở lên"), low=_text(band.low), unit=tail)
    return Sentence.of(_("từ {low} đến dưới {high}{unit}"), low=_text(band.low), high=_text(band.high), unit=tail)


def band_faults(criterion: Criterion) -> list[Sentence]:
    """Bands turned round, gaps, overlaps, ends left open, points out of bounds or falling for a better value."""
    found: list[Sentence] = []
    bands = criterion.bands
    for band in bands:
        if band.low is not None and band.high is not None and band.low >= band.high:
            words = _("Tiêu chí {code}: khoảng “từ {low} đến {high}” bị ngược.")
            found.append(Sentence.of(words, code=criterion.code, low=_text(band.low), high=_text(band.high)))
    for one, two in pairwise(bands):
        found += _joint_faults(criterion.code, one, two)
    if bands[0].low is not None or bands[-1].high is not None:
        words = _("Tiêu chí {code}: khoảng đầu phải để trống cận dưới, khoảng cuối để trống cận trên.")
        found.append(Sentence.of(words, code=criterion.code))
    return found + _points_faults(criterion, [band.points for band in bands], falling=_may_fall(criterion))


def _joint_faults(code: str, one: Band, two: Band) -> list[Sentence]:
    if one.high is None or two.low is None:
        return [Sentence.of(_("Tiêu chí {code}: chỉ khoảng đầu và khoảng cuối được để trống cận."), code=code)]
    if one.high == two.low:
        return []
    words = (
        _("Tiêu chí {code}: hở giữa {one} và {two}.")
        if one.high < two.low
        else _("Tiêu chí {code}: chồng lấn từ {two} đến {one}.")
    )
    return [Sentence.of(words, code=code, one=_text(one.high), two=_text(two.low))]


def _may_fall(criterion: Criterion) -> bool:
    return criterion.measure is not None and criterion.measure.reads not in RISING


def _points_faults(criterion: Criterion, points: list[Decimal], *, falling: bool) -> list[Sentence]:
    found: list[Sentence] = []
    if any(not 0 <= each <= criterion.weight for each in points):
        words = _("Tiêu chí {code}: điểm mỗi mức phải từ 0 đến {weight}.")
        found.append(Sentence.of(words, code=criterion.code, weight=_text(criterion.weight)))
    if points and max(points) != criterion.weight:
        words = _("Tiêu chí {code}: mức cao nhất phải được đúng {weight} điểm.")
        found.append(Sentence.of(words, code=criterion.code, weight=_text(criterion.weight)))
    if points != sorted(points) and not (falling and points == sorted(points, reverse=True)):
        words = _("Tiêu chí {code}: mức tốt hơn lại được ít điểm hơn.")
        found.append(Sentence.of(words, code=criterion.code))
    return found


def line_faults(criterion: Criterion) -> list[Sentence]:
    """A line of points needs both ends, and must not fall where more is better."""
    measure = criterion.measure
    if measure is None or measure.zero_at is None or measure.full_at is None or measure.zero_at == measure.full_at:
        words = _("Tiêu chí {code}: cần các khoảng điểm, hoặc mức được 0 điểm và mức được trọn điểm khác nhau.")
        return [Sentence.of(words, code=criterion.code)]
    if measure.full_at < measure.zero_at and not _may_fall(criterion):
        return [Sentence.of(_("Tiêu chí {code}: mức tốt hơn lại được ít điểm hơn."), code=criterion.code)]
    return []


def level_faults(criterion: Criterion) -> list[Sentence]:
    """A rubric needs two levels or more, numbered from 1, worst first, each with words and what shows it."""
    levels: tuple[Level, ...] = criterion.levels
    found: list[Sentence] = []
    if len(levels) < 2 or [each.level for each in levels] != list(range(1, len(levels) + 1)):
        words = _("Tiêu chí {code}: thang mức cần ít nhất hai mức, đánh số từ 1, mức thấp nhất trước.")
        found.append(Sentence.of(words, code=criterion.code))
    for each in levels:
        if not (each.name.strip() and each.rubric.strip() and each.evidence.strip()):
            words = _("Tiêu chí {code}, mức {level}: thiếu tên, mô tả hoặc minh chứng cần có.")
            found.append(Sentence.of(words, code=criterion.code, level=each.level))
    return found + _points_faults(criterion, [each.points for each in levels], falling=False)


def criterion_faults(criterion: Criterion) -> list[Sentence]:
    """What is wrong with how one criterion gives its points."""
    if criterion.kind is Kind.QUALITATIVE:
        return level_faults(criterion)
    if criterion.kind is Kind.QUANTITATIVE:
        return band_faults(criterion) if criterion.bands else line_faults(criterion)
    return []


def overall_faults(content: Content) -> list[Sentence]:
    """Overall bands fall from the best to one that starts at 0 and asks nothing, so every card has one."""
    found: list[Sentence] = []
    overall: tuple[Overall, ...] = content.overall
    if not overall or overall[-1].low != 0 or overall[-1].conditions:
        found.append(Sentence.of(_("Mức xếp loại cuối phải từ 0 điểm và không kèm điều kiện.")))
    for one, two in pairwise(overall):
        if one.low <= two.low:
            words = _("Mức xếp loại “{one}” (từ {high}) phải cao hơn “{two}” (từ {low}).")
            found.append(Sentence.of(words, one=one.name, high=_text(one.low), two=two.name, low=_text(two.low)))
    if overall and overall[0].low > content.total:
        found.append(Sentence.of(_("Mức xếp loại cao nhất vượt tổng điểm.")))
    return found


def _text(number: Decimal | None) -> str:
    return "" if number is None else decimal_text(number).replace(".", ",")
