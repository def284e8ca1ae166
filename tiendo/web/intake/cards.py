"""A proposal as its card shows it: a heading, facts in words, what was printed beside what a person made of it."""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tiendo.intake.models import Proposal
from tiendo.intake.proposing import short
from tiendo.orgs.models import Unit, UnitGroup
from tiendo.web.intake.differences import Run, differences
from tiendo.web.intake.doubts import Doubts
from tiendo.web.intake.facts import ROLES, Agency, Fact, changes_of, facts_of
from tiendo.web.intake.source import lines_of, quotes_of
from tiendo.web.intake.twins import Twin, twins_of

BREAK = re.compile(r"\s*\n\s*")
MENDED = ("section", "item", "task")  # kinds whose words repairs are proposed for


@dataclass(frozen=True)
class Card:
    """Everything the template needs; it asks nothing more of the database."""

    proposal: Proposal
    heading: str
    facts: tuple[Fact, ...]
    group: str
    group_words: str
    depth: int
    is_chosen: bool
    doubts: tuple[str, ...] = ()
    repair: tuple[Run, ...] = ()
    confidence: int | None = None  # percent
    twins: tuple[Twin, ...] = ()
    links: tuple[str, ...] = ()
    repairs: int = 0
    went_into: str = ""

    @property
    def first_line(self) -> int | None:
        return lines_of(self.proposal).start if lines_of(self.proposal) else None

    @property
    def lines(self) -> str:
        """ "12-14": the lines that the script lights."""
        lines = lines_of(self.proposal)
        return f"{lines[0]}-{lines[-1]}" if lines else ""

    @property
    def quotes(self) -> str:
        """The exact words to mark, one a line."""
        return "\n".join(quotes_of(self.proposal))

    @property
    def place(self) -> str:
        return place_words(self.proposal.where)

    @property
    def is_edited(self) -> bool:
        return self.proposal.edited is not None and not self.proposal.made_from

    @property
    def is_shaped(self) -> bool:
        """Split from another or joined of two, or gone into such a one: that can be undone."""
        return bool(self.proposal.made_from or self.went_into)

    @property
    def can_be_shaped(self) -> bool:
        return self.proposal.kind == Proposal.Kind.TASK and not self.is_removal and not self.went_into

    @property
    def is_removal(self) -> bool:
        return self.proposal.change == Proposal.Change.REMOVED


@dataclass(frozen=True)
class Surroundings:
    """What cards need to know of their import, read once: headings by path, remarks, what was split or joined into
    what, how many repairs each passage has, names of the indicators that tasks are linked to, codes of the twins whose
    page the reader may open."""

    titles: Mapping[str, str]
    doubts: Doubts
    away: Mapping[tuple[str, str], str]
    repairs: Mapping[str, int]
    indicators: Mapping[str, str]
    reading: Mapping[str, Any]
    tasks: Set[str]


class Cards:
    """Makes cards; names of units and groups are read once."""

    def __init__(self, proposals: Iterable[Proposal], around: Surroundings, chosen: Proposal | None) -> None:
        self._proposals = list(proposals)
        self._around = around
        self._chosen = chosen
        self._groups, self._names = _names_of(self._proposals)

    def all(self) -> list[Card]:
        return [self._card(each) for each in self._proposals]

    def _card(self, proposal: Proposal) -> Card:
        value = proposal.value
        group = str(value.get("group") or "") if proposal.kind in ("task", "indicator") else ""
        return Card(
            proposal=proposal,
            heading=_heading(proposal.kind, value),
            facts=tuple(self._facts(proposal)),
            group=group,
            group_words=group_words(group, self._around.titles),
            depth=min(int(value.get("level") or 0), 3) if proposal.kind == "section" else 0,
            is_chosen=self._chosen is not None and self._chosen.pk == proposal.pk,
            doubts=self._around.doubts.about(proposal),
            repair=_repair(value) if proposal.kind == "repair" else (),
            confidence=self._confidence(proposal) if proposal.kind == "repair" else None,
            twins=twins_of(proposal, self._around.tasks),
            links=tuple(self._around.indicators.get(key, key) for key in proposal.links),
            repairs=self._around.repairs.get(proposal.key, 0) if proposal.kind in MENDED else 0,
            went_into=self._around.away.get((proposal.kind, proposal.key), ""),
        )

    def _confidence(self, proposal: Proposal) -> int | None:
        """How sure the reader was of a repair, in percent; the key ends with its place in the reading."""
        place, repairs = proposal.key.rpartition("~")[2], self._around.reading.get("repairs") or ()
        found = repairs[int(place) - 1] if place.isdecimal() and 0 < int(place) <= len(repairs) else {}
        return round(float(found["confidence"]) * 100) if found.get("confidence") else None

    def _facts(self, proposal: Proposal) -> Iterable[Fact]:
        kind, value, current = proposal.kind, proposal.value, proposal.current
        changed = changes_of(kind, value, current) if proposal.change == "changed" and current else []
        told = {fact.label for fact in changed}
        yield from changed
        yield from (fact for fact in facts_of(kind, value, proposal.printed) if fact.label not in told)
        for role, label in ROLES.get(kind, ()):
            named = self._agencies(value, role)
            was = self._agencies(current, role) if current and proposal.change == "changed" else named
            words = differences(_names(was), _names(named)) if _names(was) != _names(named) else ()
            yield Fact(
                label=_(label), agencies=named, was=words, is_changed=value.get(role) != proposal.printed.get(role)
            )

    def _agencies(self, value: Mapping[str, Any], role: str) -> tuple[Agency, ...]:
        return tuple(
            Agency(each.get("text") or "", self._names.get(each.get("unit") or ""), each.get("unit") in self._groups)
            for each in value.get(role) or ()
        )


def group_words(group: str, titles: Mapping[str, str]) -> str:
    """The heading of a group as people read it."""
    if not group:
        return _("Chưa thuộc nhóm nào")
    return f"{group}. {short(titles[group], 90)}" if group in titles else group


def place_words(where: Mapping[str, Any]) -> str:
    """Where it stands, as the person finds it in the file: page, sheet and row, or lines."""
    if where.get("sheet"):
        return f"{where['sheet']}!{where['row']}" if where.get("row") else str(where["sheet"])
    first, last = where.get("lines") or (1, 0)
    if last < first:
        return ""
    lines = _("dòng %(n)s") % {"n": first if first == last else f"{first}–{last}"}
    return _("trang %(page)s, %(lines)s") % {"page": where["page"], "lines": lines} if where.get("page") else lines


def _heading(kind: str, value: dict[str, Any]) -> str:
    if kind == "document":
        return " ".join(part for part in (value.get("kind"), value.get("symbol")) if part) or _("Thông tin văn bản")
    if kind == "section":
        return f"{value['id']}. {value['title']}"
    if kind == "item":
        return str(value["text"])
    if kind == "indicator":
        return str(value.get("name") or _("(chưa có tên)"))
    if kind == "task":
        return str(value.get("title") or _("(chưa có tên)"))
    if kind == "repair":
        return BREAK.sub(" ¶ ", str(value["printed"]))
    return str(value["label"])


def _repair(value: dict[str, Any]) -> tuple[Run, ...]:
    """Printed → proposed, the words that differ marked."""
    return differences(*(BREAK.sub(" ¶ ", str(value.get(name) or "")) for name in ("printed", "proposed")))


def _names(agencies: Iterable[Agency]) -> str:
    return "; ".join(agency.name or agency.text for agency in agencies)


def _names_of(proposals: Iterable[Proposal]) -> tuple[frozenset[str], dict[str, str]]:
    """Codes of groups, and codes of all agencies → names, in two queries."""
    codes = {
        each["unit"]
        for proposal in proposals
        for value in (proposal.value, proposal.current or {})
        for role in ("lead", "coordinating")
        for each in value.get(role) or ()
        if each.get("unit")
    }
    groups = dict(UnitGroup.objects.filter(code__in=codes).values_list("code", "name"))
    names = groups | dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))
    return frozenset(groups), names
