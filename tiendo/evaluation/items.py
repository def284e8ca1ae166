"""What a card achieved in each item of the plan in its charge. Pure.

An item is judged as one whatever number of tasks it was split into: by its worst piece, with the weight the set gives
the item and the heaviest role held in any piece. Its true result cannot be above that of its worst piece, so nothing
is gained by cutting off the easy part. What was not reported counts as nothing done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tiendo.evaluation.content import CardOf, TaskOf
from tiendo.evaluation.criteria import Combine, Completion, Content, Deadline, TaskRules, Trust
from tiendo.evaluation.weights import item_weight, limited, mean, role_factor

COMPLETED, CANCELLED = "completed", "cancelled"


@dataclass(frozen=True)
class Piece:
    """One task: shares from 0 to 1; `outcome` is None when no indicator is tied to it."""

    task: TaskOf
    reported: Fraction
    outcome: Fraction | None
    completed: bool
    late: bool
    excused: bool


@dataclass(frozen=True)
class Item:
    """One item of the plan with its pieces and what it weighs on this card."""

    path: str
    weight: Fraction
    factor: Fraction
    pieces: tuple[Piece, ...]

    @property
    def whole(self) -> Fraction:
        return self.weight * self.factor

    @property
    def reported(self) -> Fraction:
        return min(piece.reported for piece in self.pieces)

    @property
    def outcome(self) -> Fraction | None:
        known = [piece.outcome for piece in self.pieces if piece.outcome is not None]
        return min(known) if known else None

    @property
    def completed(self) -> bool:
        return all(piece.completed for piece in self.pieces)

    @property
    def beyond(self) -> bool:
        return all(piece.completed and piece.task.beyond is not None for piece in self.pieces)

    @property
    def shown(self) -> bool:
        """With accepted evidence for every piece."""
        return all(piece.task.evidence for piece in self.pieces)

    def late(self, content: Content) -> bool:
        """Any piece late, unless an objective cause is confirmed and the set lets that count."""
        return any(piece.late and not (content.excused and piece.excused) for piece in self.pieces)


def items_of(content: Content, card: CardOf, end: date) -> list[Item]:
    """The items that count, by path: due before `end` (to-exclusive) by the original or the present deadline, or
    without one. What a unit does or reports, and a later deadline, never takes an item in or out; a cancellation by a
    paper does."""
    pieces: dict[str, list[TaskOf]] = {}
    for task in card.tasks:
        if not (task.state == CANCELLED and task.cancelled_by):
            pieces.setdefault(task.item, []).append(task)
    return [
        Item(path, item_weight(content, path), role_factor(content, tasks), _judged(content, tasks, end))
        for path, tasks in sorted(pieces.items())
        if content.not_due or any(_counts(task, end) for task in tasks)
    ]


def result_of(piece: Piece, rules: TaskRules, card: CardOf) -> Fraction:
    """What a piece achieved, from 0 to 1: completion less what delays and failed checks take off it."""
    failed = sum(1 for check in piece.task.failed_checks if check.cause is None)
    quality = limited(1 - failed * Fraction(rules.failed_check))
    progress = limited(1 - _delays(piece) * Fraction(rules.delay))
    done = done_of(piece, rules, card)
    if rules.combine is Combine.PRODUCT:
        return done * quality * progress
    if rules.combine is Combine.MEAN:
        return done * (1 + quality + progress) / 3
    return done * limited(1 - failed * Fraction(rules.failed_check) - _delays(piece) * Fraction(rules.delay))


def done_of(piece: Piece, rules: TaskRules, card: CardOf) -> Fraction:
    """Completion as the set counts it, the reported part less for want of evidence and of reliability."""
    claimed = piece.reported * trust_in(card, rules)
    if not piece.task.evidence:
        claimed *= Fraction(rules.without_evidence)
    if rules.completion is Completion.OUTCOME:
        return piece.outcome or Fraction(0)
    if rules.completion is Completion.REPORTED or piece.outcome is None:
        return claimed
    return min(claimed, piece.outcome)


def trust_in(card: CardOf, rules: TaskRules) -> Fraction:
    """The factor of the audit of claims; 1 while nothing was looked at."""
    if card.reliability is None or rules.reliability is Trust.NONE:
        return Fraction(1)
    found = card.reliability.rate if rules.reliability is Trust.RATE else card.reliability.high
    return limited(Fraction(found))


def item_result(item: Item, rules: TaskRules, card: CardOf) -> Fraction:
    """The worst piece's."""
    return min(result_of(piece, rules, card) for piece in item.pieces)


def share_where(items: Iterable[Item], held: Iterable[bool]) -> Fraction | None:
    """The plain share of items for which something holds; None without items."""
    return mean((Fraction(1), Fraction(int(each))) for _, each in zip(items, held, strict=True))


def _delays(piece: Piece) -> int:
    return int(piece.late and not piece.excused)


def _counts(task: TaskOf, end: date) -> bool:
    dues = [due for due in (task.original_due, task.due) if due is not None]
    return not dues or min(dues) < end


def _judged(content: Content, tasks: list[TaskOf], end: date) -> tuple[Piece, ...]:
    return tuple(_piece(content, task, end) for task in sorted(tasks, key=lambda each: each.code))


def _piece(content: Content, task: TaskOf, end: date) -> Piece:
    reported = limited(Fraction(task.reported or 0) / 100)
    # A day kept back helps nobody: without one nothing shows that the task was done before the cycle ended.
    completed = task.state == COMPLETED and task.completed_on is not None and task.completed_on < end
    due = task.original_due if content.deadline is Deadline.ORIGINAL else task.due
    ended = task.completed_on if completed else None
    late = due is not None and (due < end if ended is None else ended > due)
    return Piece(task, reported, outcome_of(task), completed, late, task.cause is not None)


def outcome_of(task: TaskOf) -> Fraction | None:
    """From 0 to 1: the mean of the indicators tied to the task; one without a figure counts as nothing reached."""
    return mean((Fraction(1), limited(Fraction(each.progress or 0) / 100)) for each in task.outcomes)
