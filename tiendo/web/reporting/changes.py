"""What changed in a report since the last accepted one, field by field, ready to be shown."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tiendo.reporting.models import Entry, Submission
from tiendo.reporting.reviewing import Item
from tiendo.ui.formats import number_text


@dataclass(frozen=True)
class Change:
    """One value, old and new; `kind` says how to write it."""

    kind: str
    label: str
    before: object
    now: object

    @property
    def is_changed(self) -> bool:
        return self.now != self.before

    @property
    def step(self) -> str:
        """How far a percentage moved: "+12,5"."""
        if self.kind != "percent" or not isinstance(self.now, Decimal) or not isinstance(self.before, Decimal):
            return ""
        step = self.now - self.before
        return f"{'+' if step > 0 else ''}{number_text(step)}" if step else ""


def changes(shown: Submission | Entry, before: Submission | None) -> list[Change]:
    """Every value that stands on either side, the changed ones first as people read them."""
    labels = {
        "state": _("Trạng thái"),
        "percent": _("Tỷ lệ"),
        "percent_estimate": _("Ước đến 31/12"),
        "completed_on": _("Ngày hoàn thành"),
        "result": _("Kết quả"),
        "difficulty": _("Khó khăn"),
        "money_used": _("Kinh phí đã dùng"),
        "money_allocated": _("Kinh phí được giao"),
    }
    rows = [Change(kind, label, getattr(before, kind, None), getattr(shown, kind)) for kind, label in labels.items()]
    return [row for row in rows if row.now not in (None, "") or row.before not in (None, "")]


@dataclass(frozen=True)
class Card:
    """One item on a page: the item, what changed, and what stayed the same."""

    item: Item
    changed: list[Change]
    same: list[Change]


def cards(items: list[Item]) -> list[Card]:
    made = []
    for item in items:
        rows = changes(item.shown, item.before)
        made.append(Card(item, [row for row in rows if row.is_changed], [row for row in rows if not row.is_changed]))
    return made
