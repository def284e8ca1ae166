"""What part of an import a person looks at: the tab, the filters, the chosen proposal, the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.intake.models import Import, Proposal
from tiendo.intake.queries import KindCount
from tiendo.orgs.words import fold

TABS: dict[str, tuple[str, tuple[str, ...]]] = {
    "document": (gettext_noop("Văn bản"), ("document",)),
    "task": (gettext_noop("Nhiệm vụ"), ("task",)),
    "indicator": (gettext_noop("Chỉ tiêu"), ("indicator",)),
    "annex": (gettext_noop("Phụ lục"), ("annex",)),
    "repair": (gettext_noop("Sửa lỗi in"), ("repair",)),
    "text": (gettext_noop("Mục và nội dung"), ("section", "item")),
}
ALL = "tat_ca"  # of an amendment: also the rows that stay as they are
NO_GROUP = "-"


@dataclass(frozen=True)
class Look:
    """Everything the address of the review page says."""

    source: Import
    tab: str
    unsure: bool = False
    chosen_pk: int | None = None
    page: int = 1
    words: str = ""
    group: str = ""
    change: str = ""
    at: str = ""  # repairs: only those of this item or heading

    @classmethod
    def of(cls, given: QueryDict, source: Import) -> "Look":
        """From a query string; what it says wrongly is left out."""
        tab, change = given.get("loai", ""), given.get("doi", "")
        return cls(
            source=source,
            tab=tab if tab in TABS else _first_tab(source),
            unsure=given.get("chua_chac") == "1",
            chosen_pk=_number(given.get("chon", "")),
            page=_number(given.get("page", "")) or 1,
            words=given.get("tim", "").strip()[:100],
            group=given.get("nhom", ""),
            change=change if change in (*Proposal.Change.values, ALL) else "",
            at=given.get("cho", ""),
        )

    @staticmethod
    def tab_of(kind: str) -> str:
        return next(tab for tab, (_words, kinds) in TABS.items() if kind in kinds)

    @property
    def kinds(self) -> tuple[str, ...]:
        return TABS[self.tab][1]

    @property
    def heading(self) -> str:
        return _(TABS[self.tab][0])

    @cached_property
    def everything(self) -> list[Proposal]:
        """Every proposal of the tab, in the order to show them: headings and items as they stand in the text."""
        found = list(self.source.proposals.filter(kind__in=self.kinds))
        return sorted(found, key=lambda each: each.where.get("lines") or [0]) if self.tab == "text" else found

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Those of the tab that the filters let through."""
        folded = fold(self.words)
        return [each for each in self.everything if self._fits(each) and (not folded or folded in _words_of(each))]

    def _fits(self, each: Proposal) -> bool:
        return (
            (not self.unsure or not each.sure)
            and (not self.group or (group_of(each) or NO_GROUP) == self.group)
            and self._changed(each)
            and (not self.at or each.printed.get("item") == self.at)
        )

    def _changed(self, each: Proposal) -> bool:
        """Rows an amendment leaves as they are stay folded away until asked for."""
        if not self.change:
            return each.change != Proposal.Change.SAME
        return self.change in (ALL, each.change)

    def chosen(self) -> Proposal | None:
        return self.source.proposals.filter(pk=self.chosen_pk).first() if self.chosen_pk else None

    def query(self, **changes: str) -> dict[str, str]:
        """What the address says, with changes; what stands for itself is left out."""
        given = {"loai": self.tab, "chua_chac": "1" if self.unsure else "", "page": str(self.page)}
        given |= {"tim": self.words, "nhom": self.group, "doi": self.change, "cho": self.at}
        given |= {"chon": str(self.chosen_pk or "")} | changes
        return {name: value for name, value in given.items() if value and (name, value) != ("page", "1")}

    @property
    def kept(self) -> str:
        """The query string without the chosen proposal, to come back to."""
        return urlencode(self.query(chon=""))

    @property
    def is_filtered(self) -> bool:
        return bool(self.unsure or self.words or self.group or self.change or self.at)

    def url(self, **changes: Any) -> str:
        """The address of this look with changes; any change begins at the first page."""
        look = replace(self, **({"page": 1, "chosen_pk": None} | changes)) if changes else self
        return f"{reverse('intake:import-review', args=[self.source.pk])}?{look.kept}"

    @property
    def unsure_url(self) -> str:
        return self.url(unsure=not self.unsure)

    @property
    def bare_url(self) -> str:
        """The tab without any filter."""
        return self.url(unsure=False, words="", group="", change="", at="")

    def tabs(self, counts: Mapping[str, KindCount]) -> list[tuple[str, str, bool, int]]:
        """Tabs with their counts; a kind that does not occur has no tab."""
        found = []
        for tab, (words, kinds) in TABS.items():
            total = sum(counts[kind].total for kind in kinds if kind in counts)
            if total:
                url = replace(Look(self.source, tab)).url()
                found.append((_(words), url, tab == self.tab, total))
        return found


def group_of(proposal: Proposal) -> str:
    """The group a row stands in: a heading's path or the words of its group row."""
    return str(proposal.value.get("group") or "")


def is_number(text: str) -> bool:
    """Whether a word from an address or a button can be a row's number."""
    return text.isdecimal() and len(text) < 12


def _number(text: str) -> int | None:
    return int(text) if is_number(text) else None


def _first_tab(source: Import) -> str:
    """An amendment opens at the first tab in which something differs, a new paper at what it says of itself."""
    different = source.proposals.exclude(change__in=["", Proposal.Change.SAME])
    kinds = set(different.values_list("kind", flat=True)) if source.base_id else set()
    order = ("task", "indicator", "text", "annex")
    return next((tab for tab in order if kinds & set(TABS[tab][1])), "task" if source.base_id else "document")


def _words_of(proposal: Proposal) -> str:
    """Everything a person may remember of a proposal, folded: its number, its words, its agencies."""
    value = proposal.value
    given = [proposal.key, proposal.current_ref]
    given += [value.get(name) or "" for name in ("title", "description", "text", "name", "product", "printed", "label")]
    named = [*(value.get("lead") or ()), *(value.get("coordinating") or ())]
    given += [each.get("text") or "" for each in named]
    return fold(" ".join([*map(str, given), str((value.get("due") or {}).get("raw") or "")]))
