"""The rows of an annex table pieced together: one entry for each task or indicator, whatever pages did to its rows."""

import re
from collections.abc import Sequence
from gettext import gettext as _

from tiendo.intake.extraction.cells import Entry, Line, is_ditto, is_open, is_tail, joined, read_line
from tiendo.intake.extraction.columns import Columns, could_be_header, counts_columns
from tiendo.intake.extraction.groups import Heading, Path, heading_of
from tiendo.intake.extraction.headers import head_key
from tiendo.intake.extraction.marks import Mark, read_mark, split_label
from tiendo.intake.extraction.siblings import listed_tasks, share_lead
from tiendo.intake.extraction.spelling import one_line, pattern
from tiendo.intake.reading.blocks import Row
from tiendo.ui.sentences import Sentence

TOTAL = re.compile(
    r"^(?:tổng cộng|tổng số|tổng|cộng)(?:\s*\([^()]{0,40}\))?"
    r"(?:\s*[:.]?|(?:\s+nhiệm vụ)?\s*:?\s*\d{1,6}(?:\s[^\W\d_]{1,9}){0,4})$",
    re.IGNORECASE,
)
REMARK = re.compile(r"^[(*]*\s?(?:ghi chú|lưu ý|chú thích|chú giải|nguồn)\s*(?:\(?\d?\)?)?\s*:", re.IGNORECASE)
FOOTNOTE_LINE = re.compile(r"^(?:\(\*{1,3}\)|\*{1,3}|\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹])\s?\S")
FOOT = pattern(
    r"^(?:Nơi nhận\b|NƠI NHẬN\b|(?:TM|KT|TL|TUQ)\.\s?[A-ZÀ-ỸĐ]{2}|NGƯỜI LẬP|Người lập|THỦ TRƯỞNG|CHỦ TỊCH$|GIÁM ĐỐC$|"
    r"XÁC NHẬN|[A-ZÀ-ỸĐ][^,\d\n]{1,40}, ngày\s?[\d.…]{0,5}\s?tháng)"
)
BULLET_TITLE = re.compile(r"^[-–+•*●▪]\s?\S")
MOST_FOOT_CELLS = 3


def closes(row: Row) -> bool:
    """Whether a row begins what stands under the table: signature, recipients, date."""
    printed = [one_line(c.text) for c in row.cells if c.text.strip() and not c.across and not c.inherited]
    return 0 < len(printed) <= MOST_FOOT_CELLS and bool(FOOT.match(printed[0]))


class Rows:
    """Reads rows one after another, over page breaks and continued tables, into entries."""

    def __init__(self, columns: Columns, numbered: bool) -> None:
        self.columns = columns
        self.entries: list[Entry] = []
        self._numbered = numbered
        self._path = Path()
        self._fresh = True
        self._turned = False
        self._doubt: str | None = None
        self._group = ""
        self._listed = False  # the row is one of "a)", "b)", "c)" of which one at least is a task of its own

    def turn(self, columns: Columns, numbered: bool, anew: bool = False) -> None:
        """Go on under a repeated header or in the next part of the table; `anew` on another sheet, without groups."""
        self.columns, self._numbered, self._fresh = columns, numbered or self._numbered, True
        self._turned = True
        if anew:
            self._path = Path()

    def feed(self, rows: Sequence[Row]) -> None:
        """Read rows that stand under the present header."""
        lines = [read_line(row, self.columns) for row in rows if not self._is_furniture(row)]
        tasks = listed_tasks(lines, self.columns.name)
        for index, line in enumerate(lines):
            after = next((each.mark for each in lines[index + 1 : index + 3] if each.mark.style != "none"), None)
            self._listed = index in tasks
            self._take(line, after)
            self._fresh = False

    def _is_furniture(self, row: Row) -> bool:
        """Blank rows, rows that count the columns, a header's own words again, totals and remarks."""
        printed = [one_line(c.text) for c in row.cells if c.text.strip() and not c.across and not c.inherited]
        if not printed or counts_columns(row):
            return True
        heads = sum(head_key(text) in self.columns.keys for text in printed)
        if len(printed) > 1 and heads == len(printed) and could_be_header(row):
            return True
        first = next((text for text in printed if any(letter.isalpha() for letter in text)), printed[0])
        if len(printed) == 1 and (REMARK.match(first) or FOOTNOTE_LINE.match(first)):
            return True
        return bool(TOTAL.match(first)) and read_mark(printed[0]).style != "number"

    def _take(self, line: Line, after: Mark | None) -> None:
        above = self.entries[-1] if self.entries else None
        restarts = after is not None and after.style == "number" and after.parts[0] in {"1", "01"}
        restarts = restarts and above is not None and above.mark.parts[:1] not in {("1",), ("01",)}
        found = heading_of(line, self.columns, above, self._fresh, restarts)
        if found is not None:
            self._enter(*found, above)
        elif above is not None and self._continues(line, above):
            self._continue(line, above)
        elif any(line.texts.values()):
            self._open(line, above)

    def _enter(self, heading: Heading, label: str, above: Entry | None) -> None:
        if above is not None:
            for role, text in heading.strays.items():
                above.cells[role] = joined(above.cells, role, text)
        self._path.enter(self._path.style_of(heading.style, label), label, heading.title)
        self._turned = False
        if not heading.sure:
            message = _("Dòng “{title}” không có số, được hiểu là tên nhóm; hãy kiểm tra lại.")
            self._doubt = Sentence.of(message, title=heading.title)

    def _continues(self, line: Line, above: Entry) -> bool:
        """Whether a row goes on with the one above: its number is blank and nothing says that it begins anew."""
        name = self.columns.name
        if line.mark.style == "bullet":
            return not line.filled
        if line.mark.style == "letter" and "number" in line.own:
            listed = above.mark.style in {"number", "code"} and bool(above.own - {"number", name, "note"})
            return listed and not (line.filled or line.merged or line.path or self._listed)
        if line.mark.style != "none" and "number" not in line.merged:
            return False
        if name not in line.own:
            return "number" in self.columns.at or name in line.merged or bool(line.own)
        title = one_line(line.texts[name])
        if "number" in line.merged:
            return not self._shares(line, above, title)
        if BULLET_TITLE.match(title) or split_label(title)[0].style in {"letter", "number"}:
            return not (line.filled or line.path or self._listed)
        if "number" not in self.columns.at or not self._numbered:
            return self._reads_on(line, above, title)
        return not self._begins(line, above, title)

    def _shares(self, line: Line, above: Entry, title: str) -> bool:
        """Under one merged number: a name with a capital and something of its own is a task of its own."""
        if not title[0].isupper() or is_open(one_line(above.cells.get(self.columns.name, ""))):
            return False
        tails = (is_tail(role, line.texts[role], above.cells.get(role, "")) for role in line.filled)
        return bool(line.filled) and not any(tails)

    def _reads_on(self, line: Line, above: Entry, title: str) -> bool:
        """In a table without numbers: the name begins small or the one above stops in its middle."""
        small = title[0].islower() or is_open(one_line(above.cells.get(self.columns.name, "")))
        return small and all(is_tail(role, line.texts[role], above.cells.get(role, "")) for role in line.filled)

    def _begins(self, line: Line, above: Entry, title: str) -> bool:
        """Whether a row without number is a task of its own: a capital, and who and when of its own."""
        if not title[0].isupper() or is_open(one_line(above.cells.get(self.columns.name, ""))):
            return False
        if any(is_tail(role, line.texts[role], above.cells.get(role, "")) for role in line.filled):
            return False
        wanted = {"lead", "parties", "due", "end", "target", "unit_text"} & self.columns.at.keys()
        given = wanted & line.own
        if given and (given == wanted or len(line.filled) > 1 or self.columns.kind == "indicator"):
            return True
        delivers = line.filled & {"due", "end", "product"}  # on a new page this may be the rest of the row above
        same_page = not self._fresh and line.position.page == above.position.page
        return bool(delivers) and same_page and self.columns.kind == "task"

    def _continue(self, line: Line, above: Entry) -> None:
        for role in line.own - {"number"}:
            text = line.texts[role]
            if role == self.columns.name and line.mark.style in {"letter", "bullet"}:
                text = f"{one_line(line.texts['number'])} {text}"
            above.cells[role] = joined(above.cells, role, text)
        for head, text in line.others.items():
            above.others[head] = joined(above.others, head, text)
        for head, text in line.path.items():
            above.path[head] = joined(above.path, head, text)
        above.own = above.own | line.own

    def _open(self, line: Line, above: Entry | None) -> None:
        if self._turned and line.mark.style == "number" and line.mark.parts in {("1",), ("01",)}:
            self._path = Path()  # a further table that counts from one again is no part of the last group
        self._turned = False
        entry = Entry(
            line.position, line.mark, dict(line.texts), self._path.titles, others=line.others, path=line.path,
            baseline=line.baseline, own=line.own,
        )  # fmt: skip
        name = self.columns.name
        if line.mark.style == "none" or "number" in line.merged:
            self._name(entry, line, one_line(line.texts.get(name, "")))
        elif line.mark.heads and above is not None:
            self._path.leave(line.mark.style)
            entry.groups = self._path.titles
        self._column_group(entry, line)
        entry.inherits = sorted(line.merged - {name, "group", "note", "code", "baseline"})
        self._fill(entry, above)
        if above is not None:
            share_lead(entry, line, above, self.columns)
        if self._listed and not (line.filled or line.path):
            entry.doubts.append(
                _("Ý này không ghi gì riêng, được hiểu là nhiệm vụ như các ý cùng mục; hãy kiểm tra lại.")
            )
        if self._doubt:
            entry.doubts.append(self._doubt)
            self._doubt = None
        self.entries.append(entry)

    def _name(self, entry: Entry, line: Line, title: str) -> None:
        """A number printed in front of the name is the row's number; without any, the row is marked."""
        mark, rest = split_label(title)
        if BULLET_TITLE.match(title):
            entry.mark = Mark("bullet", "-")
        elif mark.style in {"number", "letter"} and "number" not in line.merged:
            entry.mark, entry.cells[self.columns.name] = mark, rest
        elif self._numbered and "number" in self.columns.at and "number" not in line.merged:
            entry.loose = True
            message = _("Dòng này không có số thứ tự, được hiểu là một nhiệm vụ riêng; hãy kiểm tra lại.")
            entry.doubts.append(message)

    def _column_group(self, entry: Entry, line: Line) -> None:
        """A column of groups speaks for the rows below it until its next word."""
        if "group" in self.columns.at:
            self._group = one_line(line.texts.get("group", "")) or self._group
            if self._group:
                entry.groups = (*entry.groups, split_label(self._group)[1])

    def _fill(self, entry: Entry, above: Entry | None) -> None:
        """ "Như trên" means the cell above it."""
        for role, text in entry.cells.items():
            if text and above is not None and role != "number" and is_ditto(text) and above.cells.get(role):
                entry.cells[role] = above.cells[role]
                entry.inherits.append(role)
                message = _("Ô “{text}” được hiểu là giống dòng trên; hãy kiểm tra lại.")
                entry.doubts.append(Sentence.of(message, text=one_line(text)))
