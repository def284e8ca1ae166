"""What a computation of scores could rest on and what it lacked, every task lacking something by name (R006). Pure."""

from collections.abc import Callable

from tiendo.evaluation.asking import content_of
from tiendo.evaluation.content import CardOf, Snapshot, TaskOf
from tiendo.evaluation.criteria import Content
from tiendo.evaluation.items import items_of

Tasks = dict[str, TaskOf]

LACKS: dict[str, Callable[[TaskOf], bool]] = {
    "measure": lambda task: not task.outcomes,
    "value": lambda task: not any(each.progress is not None for each in task.outcomes),
    "report": lambda task: task.reported is None,
    "evidence": lambda task: not task.evidence,
}


def coverage_of(facts: Snapshot, content: object) -> dict[str, object]:
    """`{"all": {"tasks", "measure", "value", "report", "evidence"}, "lacking": {name: [[code, title]…]}, "cards": …}`.

    Counts are of tasks that count in the period, each task once; `cards` holds the counts of each card by its key.
    """
    rules = content_of(content)
    cards: dict[str, Tasks] = {}
    for card in facts.cards:
        cards[card.key] = _counted(rules, card, facts)
    every = {code: task for tasks in cards.values() for code, task in tasks.items()}
    lacking = {
        name: [[task.code, task.name] for task in _sorted(every) if lacks(task)] for name, lacks in LACKS.items()
    }
    return {"all": _counts(every), "lacking": lacking, "cards": {key: _counts(tasks) for key, tasks in cards.items()}}


def _counted(rules: Content, card: CardOf, facts: Snapshot) -> Tasks:
    items = items_of(rules, card, card.end(facts.cycle))
    return {piece.task.code: piece.task for item in items for piece in item.pieces}


def _sorted(tasks: Tasks) -> list[TaskOf]:
    return [tasks[code] for code in sorted(tasks)]


def _counts(tasks: Tasks) -> dict[str, int]:
    """How many tasks there are, and how many have each thing."""
    with_it = {name: sum(1 for task in tasks.values() if not lacks(task)) for name, lacks in LACKS.items()}
    return {"tasks": len(tasks), **with_it}
