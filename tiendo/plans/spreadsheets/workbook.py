"""What the readers of workbooks give: sheets of cells, and what a person should know about them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from gettext import gettext as _

from tiendo.plans.spreadsheets.grid import MOST_COLUMNS, Grid, column_letters
from tiendo.ui.sentences import Sentence

MOST_NAMED = 10


@dataclass
class SheetFacts:
    """A sheet as read, and the addresses a person should look at."""

    grid: Grid
    hidden: bool = False
    uncomputed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def hide_columns(self, first: int, last: int) -> None:
        """Keep a range of hidden columns; more of them than a sheet has columns are not worth keeping."""
        if len(self.hidden_columns) < MOST_COLUMNS:
            self.hidden_columns.append((first, last))

    def remarks(self) -> Iterable[str]:
        """Sentences about what the reader could not tell or what does not show on screen."""
        name, rows = self.grid.name or "", self.grid.rows
        if self.hidden and rows:
            yield Sentence.of(_("Trang tính “{sheet}” đang ẩn trong Excel nhưng vẫn được đọc."), sheet=name)
        unseen = [str(number) for number in self.hidden_rows if number in rows]
        if unseen:
            text = _("Trang tính “{sheet}” có hàng đang ẩn vẫn được đọc: {places}.")
            yield Sentence.of(text, sheet=name, places=_listed(unseen))
        used = sorted({column for cells in rows.values() for column in cells})
        covered = [column_letters(c) for c in used if any(first <= c <= last for first, last in self.hidden_columns)]
        if covered:
            text = _("Trang tính “{sheet}” có cột đang ẩn vẫn được đọc: {places}.")
            yield Sentence.of(text, sheet=name, places=_listed(covered))
        yield from self._blanks(name)

    def _blanks(self, name: str) -> Iterable[str]:
        if self.uncomputed:
            text = _(
                "Trang tính “{sheet}”: công thức chưa có kết quả nên để trống: {places}; "
                "hãy mở bằng Excel, lưu lại rồi đọc lại."
            )
            yield Sentence.of(text, sheet=name, places=_listed(self.uncomputed))
        if self.errors:
            text = _("Trang tính “{sheet}”: ô báo lỗi nên để trống: {places}; hãy sửa công thức trong tệp gốc.")
            yield Sentence.of(text, sheet=name, places=_listed(self.errors))
        if self.grid.dropped:
            text = _("Trang tính “{sheet}” có {count} ô nằm ngoài 200 cột đầu nên không được đọc.")
            yield Sentence.of(text, sheet=name, count=self.grid.dropped)


@dataclass(frozen=True)
class Workbook:
    """The sheets in order, and whether the file takes values from other files."""

    sheets: tuple[SheetFacts, ...]
    linked: bool = False


def _listed(places: list[str]) -> str:
    """The first few places, and how many more there are."""
    shown = ", ".join(places[:MOST_NAMED])
    return f"{shown} … (+{len(places) - MOST_NAMED})" if len(places) > MOST_NAMED else shown
