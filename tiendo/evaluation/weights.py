"""Exact numbers, where they are rounded, and the weights of criteria and tasks. Pure.

Every number of a score is an exact fraction of whole numbers from the text it came as, so neither the order of tasks
nor of cards can change a digit. It is rounded once: the score to the set's decimals, half away from zero. What the
working shows of steps in between is cut to six decimals the same way and never computed with.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from gettext import gettext as _

from tiendo.evaluation.content import COORDINATING, LEAD, TaskOf
from tiendo.evaluation.criteria import Content, Criterion
from tiendo.ui.sentences import Sentence

SHOWN = 6
ROLES = (LEAD, COORDINATING)


def rounded(number: Fraction, places: int) -> Decimal:
    """`number` with that many decimals, half away from zero; the only rounding there is."""
    scaled = abs(number) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{'-' if number < 0 and whole else ''}{whole}").scaleb(-places)


def limited(number: Fraction, most: int = 1) -> Fraction:
    """Never below 0 nor above `most`."""
    return max(Fraction(0), min(Fraction(most), number))


def mean(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Of (weight, value), weighted; None when there is no weight at all (none given, or each is 0)."""
    listed = list(pairs)
    whole = sum((weight for weight, _ in listed), Fraction(0))
    return sum((weight * value for weight, value in listed), Fraction(0)) / whole if whole else None


def item_weight(content: Content, item: str) -> Fraction:
    """Points of the weight of an item of the plan."""
    weights = content.task_weights
    return Fraction(weights.levels[weights.items.get(item, weights.usual)])


def role_factor(content: Content, pieces: Iterable[TaskOf]) -> Fraction:
    """The heaviest role held in any of the pieces on any day: handing a task on does not make it weigh less."""
    return max(Fraction(content.roles[held.role]) for piece in pieces for held in piece.roles)


def bounds(content: Content, criterion: Criterion) -> tuple[Fraction, Fraction]:
    """Within which the criterion's weight is drawn again."""
    weight, spread = Fraction(criterion.weight), Fraction(content.resampling.spread)
    low = Fraction(criterion.weight_low) if criterion.weight_low is not None else weight * (1 - spread)
    high = Fraction(criterion.weight_high) if criterion.weight_high is not None else weight * (1 + spread)
    return low, high


def weight_faults(content: Content) -> list[Sentence]:
    """Weights that do not add up, are not above 0, or whose bounds do not hold them."""
    found: list[Sentence] = []
    whole = sum((each.weight for each in content.criteria), Decimal(0))
    if whole != content.total:
        words = _("Tổng trọng số là {whole}, phải đúng bằng {total}.")
        found.append(Sentence.of(words, whole=str(whole), total=str(content.total)))
    for each in content.criteria:
        if each.weight <= 0:
            found.append(Sentence.of(_("Tiêu chí {code}: trọng số phải lớn hơn 0."), code=each.code))
        low, high = bounds(content, each)
        if not 0 <= low <= each.weight <= high:
            found.append(Sentence.of(_("Tiêu chí {code}: khoảng trọng số không chứa trọng số."), code=each.code))
    return found + _factor_faults(content)


def _factor_faults(content: Content) -> list[Sentence]:
    found: list[Sentence] = []
    if set(content.roles) != set(ROLES) or any(factor <= 0 for factor in content.roles.values()):
        found.append(Sentence.of(_("Hệ số vai trò: phải có hệ số lớn hơn 0 cho chủ trì và phối hợp.")))
    elif content.roles[LEAD] < content.roles[COORDINATING]:
        found.append(Sentence.of(_("Hệ số vai trò: chủ trì không được thấp hơn phối hợp.")))
    weights = content.task_weights
    if any(points <= 0 for points in weights.levels.values()) or weights.usual not in weights.levels:
        found.append(Sentence.of(_("Hệ số nhiệm vụ: mỗi mức phải lớn hơn 0 và mức thông thường phải có trong bảng.")))
    for item, level in sorted(weights.items.items()):
        if level not in weights.levels:
            found.append(Sentence.of(_("Mục {item}: không có mức hệ số {level}."), item=item, level=level))
    return found
