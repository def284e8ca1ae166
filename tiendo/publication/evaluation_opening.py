"""The facts of a published evaluation as the public may have them: what is kept back has no name, and the sums stay.

Every number scoring reads is kept, so the scores come out to the last digit; of a task kept from the public nothing
else is (ADR 0020). Pure.
"""

from collections.abc import Collection
from dataclasses import replace

from tiendo.evaluation.content import CardOf, FailedCheck, JudgementOf, Outcome, Snapshot, TaskOf
from tiendo.evaluation.criteria import shaped_content
from tiendo.evaluation.states import Subject, Voice

KEPT_BACK = "Nhiệm vụ không công khai"
RECORD = "khong-cong-khai"


def opened(facts: Snapshot, hidden: Collection[str], hidden_indicators: Collection[str] = ()) -> Snapshot:
    """The facts without the words, codes and records of `hidden` tasks and outcomes, and without who said what.

    Raises ValueError for an evaluation of persons: theirs is never public.
    """
    if facts.cycle.subject is not Subject.UNIT:
        raise ValueError("what is judged of a person is not public")
    names = {code: f"{RECORD}-{place}" for place, code in enumerate(_hidden_codes(facts, hidden), start=1)}
    paths = _paths(facts, names)
    cards = tuple(_card(card, names, paths, set(hidden_indicators)) for card in facts.cards)
    return replace(facts, cards=cards)


def _hidden_codes(facts: Snapshot, hidden: Collection[str]) -> list[str]:
    return sorted({task.code for card in facts.cards for task in card.tasks if task.code in hidden})


def _paths(facts: Snapshot, names: dict[str, str]) -> dict[str, str]:
    """Clauses that only tasks kept back stand under, each under a number; one the set weighs by name is public as it
    is, for without its weight the sum would not come out."""
    tasks = [task for card in facts.cards for task in card.tasks]
    named = {task.item for task in tasks if task.code not in names}
    named |= set(shaped_content(facts.criteria).task_weights.items)
    alone = sorted({task.item for task in tasks} - named)
    return {path: f"{RECORD}-{place}" for place, path in enumerate(alone, start=1)}


def _card(card: CardOf, names: dict[str, str], paths: dict[str, str], indicators: set[str]) -> CardOf:
    words = tuple(_word(each) for each in card.judgements if each.voice is not Voice.SELF)
    tasks = [_task(each, names, paths, indicators) for each in card.tasks]
    return replace(card, tasks=tuple(tasks), judgements=words, reports=replace(card.reports, ids=()))


def _word(word: JudgementOf) -> JudgementOf:
    """The level counts; who said it, with which paper, stays inside."""
    return replace(word, evidence=None, by="")


def _task(task: TaskOf, names: dict[str, str], paths: dict[str, str], indicators: set[str]) -> TaskOf:
    outcomes = tuple(_outcome(each, hide=task.code in names or each.indicator in indicators) for each in task.outcomes)
    checks = tuple(FailedCheck(RECORD, "", RECORD if each.cause else None) for each in task.failed_checks)
    made = replace(
        task,
        outcomes=outcomes,
        failed_checks=checks,
        record=None,
        evidence=tuple(f"{RECORD}-{place}" for place, _ in enumerate(task.evidence, start=1)),
        cause=RECORD if task.cause else None,
        beyond=RECORD if task.beyond else None,
    )
    if task.code not in names:
        return made
    paper = RECORD if task.cancelled_by else ""
    item = paths.get(task.item, task.item)
    return replace(made, code=names[task.code], name=KEPT_BACK, item=item, cancelled_by=paper)


def _outcome(outcome: Outcome, *, hide: bool) -> Outcome:
    if not hide:
        return replace(outcome, figure=None)
    return Outcome(RECORD, "", None, outcome.progress, outcome.state)
