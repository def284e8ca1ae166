"""The group a task belongs to: a heading of the plan, or the heading that the words of a group row mean. Pure."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from tiendo.intake.proposing import short
from tiendo.orgs.words import fold
from tiendo.plans.structure import NewGroup

ALIKE = 0.8
WORDS_THAT_TELL = 4  # a title that begins with so many words of another is the same title cut short
TITLE_LENGTH = 80


class Groups:
    """Finds or makes groups. `known` and `headings` map code → title; a heading becomes a group when one is needed.

    `moved` maps the path of a heading to the code of the group it was before it got that path: in a changed text
    a heading's path may be the code of quite another group, so a heading is first known by its words.
    """

    def __init__(
        self, known: Mapping[str, str], headings: Mapping[str, str], moved: Mapping[str, str] | None = None
    ) -> None:
        self._known = dict(known)
        self._headings = headings
        self._codes = dict(moved or {})
        self._titles = {**headings, **known}
        self.new: list[NewGroup] = []

    def code_for(self, printed: str | None) -> str | None:
        """The group's code for a heading's path or for the words of a group row; None for a task without one."""
        if not printed:
            return None
        if printed not in self._codes:
            self._codes[printed] = self._find(printed)
        code = self._codes[printed]
        if code not in self._known:
            self._make(code, self._headings.get(printed, self._titles.get(code, printed)))
        return code

    def _find(self, printed: str) -> str:
        title = self._headings.get(printed)
        if title is None:
            return printed if printed in self._known else self._alike(printed, self._titles) or printed
        if printed not in self._known or _is_alike(self._known[printed], title):
            return printed
        return self._alike(title, self._known) or self._free(printed)

    def _free(self, code: str) -> str:
        """The code, or the first of code@2, code@3 … that no group has."""
        number, free = 2, code
        while free in self._known:
            number, free = number + 1, f"{code}@{number}"
        return free

    def _alike(self, words: str, titles: Mapping[str, str]) -> str | None:
        wanted = fold(without_number(words))
        scores = {code: _likeness(fold(without_number(title)), wanted) for code, title in titles.items()}
        best = max(scores, key=lambda code: scores[code], default=None)
        return best if best is not None and scores[best] >= ALIKE else None

    def _make(self, code: str, title: str) -> None:
        self._known[code] = title
        self._titles[code] = title
        self.new.append(NewGroup(code, title, short(without_number(title), TITLE_LENGTH)))


def without_number(title: str) -> str:
    """ "1.1. Nâng cao nhận thức" → "Nâng cao nhận thức"."""
    head, _, rest = title.partition(" ")
    is_number = head.endswith((".", ")", "/")) or (head.isupper() and set(head) <= set("IVX"))
    return rest if rest and is_number else title


def _is_alike(one: str, other: str) -> bool:
    return _likeness(fold(without_number(one)), fold(without_number(other))) >= ALIKE


def _likeness(have: str, wanted: str) -> float:
    shorter = min(have, wanted, key=len)
    if len(shorter.split()) >= WORDS_THAT_TELL and (have.startswith(wanted) or wanted.startswith(have)):
        return 1.0
    return SequenceMatcher(None, have, wanted, autojunk=False).ratio()
