"""Finding by words: the text a row is found by, and which of the rows found come first.

A row is looked for in its column `folded`, made by `index_text`: the title, a bar, and what else is said of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add, or_
from typing import Any, Generic, TypeVar

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import LessThan

from tiendo.orgs.words import fold
from tiendo.plans.models import Task

MOST_RANKED = 12  # words beyond these narrow the rows and no longer order them
Rows = TypeVar("Rows", bound=QuerySet[Any])


def index_text(title: str, *others: str | None) -> str:
    """The title and the rest, folded, with a bar between them; a space before each word marks where it begins."""
    return f" {fold(title)} | {fold(' '.join(other for other in others if other))} "


def task_index(task: Task) -> str:
    """What a task is found by inside. Without its units, which change: those have a filter of their own."""
    group = task.group.title if task.group else None
    return index_text(task.title, task.code, group, task.description, task.product)


def words_of(typed: str) -> list[str]:
    """The words typed, each once, without marks."""
    return list(dict.fromkeys(fold(typed).split()))


@dataclass(frozen=True)
class Found(Generic[Rows]):
    """Rows that answer a search; partial ones hold some of the words, since none holds all."""

    rows: Rows
    is_partial: bool


def find(rows: Rows, typed: str, *then: Any) -> Found[Rows]:
    """Rows that hold every word, or failing these rows that hold any; best first, equals by `then`."""
    words = words_of(typed)
    whole = holding_all(rows, words)
    if len(words) < 2 or whole.exists():
        return Found(best_first(whole, typed, *then), is_partial=False)
    return Found(best_first(holding_any(rows, words), typed, *then), is_partial=True)


def holding_all(rows: Rows, words: Iterable[str]) -> Rows:
    """A word may also stand inside a longer one."""
    for word in words:
        rows = rows.filter(folded__contains=word)
    return rows


def holding_any(rows: Rows, words: list[str]) -> Rows:
    """Rows with a word that begins with one of those typed; a single letter says too little to look for."""
    telling = [word for word in words if len(word) > 1][:MOST_RANKED]
    return rows.filter(reduce(or_, (_begins(word) for word in telling))) if telling else rows.none()


def best_first(rows: Rows, typed: str, *then: Any) -> Rows:
    """More words first, then more of them in the title, then the words side by side as typed."""
    words = words_of(typed)[:MOST_RANKED]
    if not words:
        return rows.order_by(*then)
    held, titled = _number_of(_begins(word) for word in words), _number_of(_in_title(word) for word in words)
    together = _number_of([_begins(fold(typed))])
    return rows.order_by(held.desc(), titled.desc(), together.desc(), *then)


def _begins(words: str) -> Q:
    return Q(folded__contains=f" {words}")


def _in_title(word: str) -> Q:
    return _begins(word) & Q(LessThan(StrIndex("folded", Value(f" {word}")), StrIndex("folded", Value(" |"))))


def _number_of(conditions: Iterable[Q]) -> Any:
    """How many of the conditions a row meets."""
    ones = [Case(When(condition, then=1), default=0, output_field=IntegerField()) for condition in conditions]
    return reduce(add, ones, Value(0))
