"""What part of an import a person looks at: the tab, the unsure only, the chosen proposal, the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.intake.models import Import, Proposal
from tiendo.intake.queries import KindCount

TABS: dict[str, tuple[str, tuple[str, ...]]] = {
    "document": (gettext_noop("Văn bản"), ("document",)),
    "task": (gettext_noop("Nhiệm vụ"), ("task",)),
    "indicator": (gettext_noop("Chỉ tiêu"), ("indicator",)),
    "annex": (gettext_noop("Phụ lục"), ("annex",)),
    "repair": (gettext_noop("Sửa lỗi in"), ("repair",)),
    "text": (gettext_noop("Mục và nội dung"), ("section", "item")),
}


@dataclass(frozen=True)
class Look:
    """Everything the address of the review page says."""

    source: Import
    tab: str
    unsure: bool
    chosen_pk: int | None
    page: int

    @classmethod
    def of(cls, given: QueryDict, source: Import) -> "Look":
        """From a query string; what it says wrongly is left out."""
        tab, chosen, page = given.get("loai", ""), given.get("chon", ""), given.get("page", "")
        return cls(
            source=source,
            tab=tab if tab in TABS else "document",
            unsure=given.get("chua_chac") == "1",
            chosen_pk=int(chosen) if is_number(chosen) else None,
            page=int(page) if is_number(page) else 1,
        )

    @staticmethod
    def tab_of(kind: str) -> str:
        return next(tab for tab, (_words, kinds) in TABS.items() if kind in kinds)

    @property
    def kinds(self) -> tuple[str, ...]:
        return TABS[self.tab][1]

    @property
    def words(self) -> str:
        return _(TABS[self.tab][0])

    def of_kind(self) -> QuerySet[Proposal]:
        """Every proposal of the tab (of the unsure ones when only those are shown)."""
        proposals = self.source.proposals.filter(kind__in=self.kinds)
        return proposals.filter(sure=False) if self.unsure else proposals

    def proposals(self) -> QuerySet[Proposal] | list[Proposal]:
        """Those of the tab in the order to show them: headings and items as they stand in the text."""
        if self.tab == "text":
            return sorted(self.of_kind(), key=lambda each: each.where["lines"])
        return self.of_kind()

    def chosen(self) -> Proposal | None:
        return self.source.proposals.filter(pk=self.chosen_pk).first() if self.chosen_pk else None

    def query(self, **changes: str) -> dict[str, str]:
        given = {"loai": self.tab, "chua_chac": "1" if self.unsure else "", "page": str(self.page)}
        given |= {"chon": str(self.chosen_pk or "")} | changes
        return {name: value for name, value in given.items() if value and (name, value) != ("page", "1")}

    @property
    def kept(self) -> str:
        """The query string without the chosen proposal, to come back to."""
        return urlencode(self.query(chon=""))

    def url(self) -> str:
        return f"{reverse('intake:import-review', args=[self.source.pk])}?{self.kept}"

    @property
    def unsure_url(self) -> str:
        return replace(self, unsure=not self.unsure, page=1, chosen_pk=None).url()

    def tabs(self, counts: Mapping[str, KindCount]) -> list[tuple[str, str, bool, int]]:
        """Tabs with their counts; a kind that does not occur has no tab."""
        found = []
        for tab, (words, kinds) in TABS.items():
            total = sum(counts[kind].total for kind in kinds if kind in counts)
            if total:
                url = replace(self, tab=tab, unsure=False, page=1, chosen_pk=None).url()
                found.append((_(words), url, tab == self.tab, total))
        return found


def warnings_of(source: Import) -> list[str]:
    """What the file and the way it came in say against each other."""
    reading = source.reading
    present = [annex["label"] for annex in reading["annexes"] if annex["present"]]
    has_rows = bool(reading["tasks"] or reading["indicators"])
    if source.annex is None and has_rows and not reading["items"]:
        return [_("Tệp chỉ có phụ lục; hãy bỏ lần nhập này rồi tải lại vào phụ lục còn thiếu của kế hoạch.")]
    if source.annex and present and source.annex.label not in present:
        words = _("Tệp ghi là %(printed)s nhưng được chọn là %(chosen)s; hãy kiểm tra trước khi chấp nhận.")
        return [words % {"printed": ", ".join(present), "chosen": source.annex.label}]
    return []


def is_number(text: str) -> bool:
    """Whether a word from an address or a button can be a row's number."""
    return text.isdecimal() and len(text) < 12
