"""Proposals under their group headings, with what stands in each group beyond this page; and the filter bar."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tiendo.intake.models import Proposal
from tiendo.web.intake.cards import Card, group_words
from tiendo.web.intake.looking import ALL, NO_GROUP, Look, group_of

PENDING = Proposal.Decision.PENDING
Choice = tuple[str, str, bool, int]  # words, address, is current, count


@dataclass
class Group:
    """One group: the cards of this page, and how many of all its rows wait and are sure."""

    value: str
    words: str
    cards: list[Card]
    waiting: int
    sure: int


def grouped(cards: Iterable[Card], look: Look) -> list[Group]:
    """Cards in their groups, in the order in which the groups first occur."""
    waiting = [each for each in look.proposals if each.decision == PENDING]
    left = Counter(group_of(each) for each in waiting)
    sure = Counter(group_of(each) for each in waiting if each.sure)
    found: dict[str, Group] = {}
    for card in cards:
        name = card.group
        group = found.setdefault(name, Group(name or NO_GROUP, card.group_words, [], left[name], sure[name]))
        group.cards.append(card)
    return list(found.values())


def group_choices(look: Look, titles: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """The groups of the tab, for the filter: value, words, is chosen."""
    if look.tab not in ("task", "indicator"):
        return []
    names = dict.fromkeys(group_of(each) for each in look.everything)
    return [(name or NO_GROUP, group_words(name, titles), look.group == (name or NO_GROUP)) for name in names]


def change_choices(look: Look) -> list[Choice]:
    """Of an amendment: its rows by what it does to the plan."""
    counts = Counter(each.change for each in look.everything if each.change)
    if not counts:
        return []
    words = {
        Proposal.Change.ADDED: _("Mới"),
        Proposal.Change.CHANGED: _("Thay đổi"),
        Proposal.Change.REMOVED: _("Bỏ"),
        Proposal.Change.SAME: _("Giữ nguyên"),
    }
    found: list[Choice] = [(_("Mọi khác biệt"), look.url(change=""), look.change == "", _different(counts))]
    found += [(text, look.url(change=str(kind)), look.change == kind, counts[kind]) for kind, text in words.items()]
    return [*found, (_("Tất cả"), look.url(change=ALL), look.change == ALL, sum(counts.values()))]


def _different(counts: "Counter[str]") -> int:
    return sum(count for kind, count in counts.items() if kind != Proposal.Change.SAME)
