"""Whatever words people type into a table come back from each format, cell by cell."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents.making.model import Document, Para, Table
from tests.documents.making.plain import markdown, separated, text, web
from tests.documents.making.word import docx
from tests.documents.making.workbook import xlsx
from tests.fuzz.running import is_sentence
from tiendo.intake.reading import Unreadable, read_blocks

WORDS = (
    st.text(
        st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắệịộợừữỳĐƯÂÊ 0123456789.,;:()/%–-+&=<>\"'*_#~`[]{}$@!?\\"),
        max_size=24,
    )
    .map(lambda words: " ".join(words.split()))
    .filter(lambda words: words not in {"<", "^"})
)
TABLES = st.integers(3, 5).flatmap(
    lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1, max_size=5)
)
HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Sản phẩm"]
WRITERS: dict[str, Callable[[Document], bytes]] = {
    "docx": docx,
    "xlsx": xlsx,
    "html": lambda document: web(document).encode(),
    "csv": lambda document: separated(document).encode("utf-8-sig"),
}
BARS: dict[str, Callable[[Document], bytes]] = {
    "txt": lambda document: text(document).encode(),
    "md": lambda document: markdown(document).encode(),
}


class Rows(Table):
    """A table whose printed grid is given, without any marks in it."""

    def grid(self) -> list[list[str]]:
        return [list(row.split("\0")) for row in self.rows]

    @property
    def width(self) -> int:
        return len(self.grid()[0])


def _document(rows: list[list[str]]) -> Document:
    # A row with a single cell may be taken for a line of text: two are always filled, and none looks like a rule.
    table = [[*HEAD[: len(rows[0])]], *([f"v{at}", f"việc {row[1]}".strip(), *row[2:]] for at, row in enumerate(rows))]
    return Document("bang", (), (Para("PHỤ LỤC I"), Rows(rows=["\0".join(row) for row in table])))


def _cells(data: bytes, name: str) -> list[list[str]]:
    """The texts of the last table; blank cells at the end of a row may be left out by the format."""
    table = list(read_blocks(data, name).tables())[-1]
    return [_filled([" ".join(text.split()) for text in row.texts]) for row in table.rows]


def _filled(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


@pytest.mark.parametrize("extension", sorted(WRITERS))
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(rows=TABLES)
def test_cells_come_back(extension: str, rows: list[list[str]]) -> None:
    document = _document(rows)
    table = document.parts[1]
    assert isinstance(table, Table)
    assert _cells(WRITERS[extension](document), f"bang.{extension}") == [_filled(row) for row in table.grid()]


def _without_marks(rows: list[list[str]]) -> list[list[str]]:
    """Without the letters that mean something in Markdown; a cell of nothing else is a word instead."""
    return [
        [" ".join(cell.translate(MARKS).split()) or ("chữ" if cell.strip() else "") for cell in row] for row in rows
    ]


MARKS = dict.fromkeys(map(ord, "|*_`\\<>[]~&#"))


@pytest.mark.parametrize("extension", sorted(BARS))
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(rows=TABLES.map(_without_marks))
def test_cells_between_bars_come_back(extension: str, rows: list[list[str]]) -> None:
    document = _document(rows)
    table = document.parts[1]
    assert isinstance(table, Table)
    assert _cells(BARS[extension](document), f"bang.{extension}") == [_filled(row) for row in table.grid()]


@pytest.mark.parametrize("extension", ["txt", "md", "html", "csv"])
@settings(max_examples=40, deadline=None, derandomize=True)
@given(words=st.text(max_size=300))
def test_any_text_is_read_or_refused(extension: str, words: str) -> None:
    with _either():
        assert read_blocks(words.encode("utf-8", "surrogatepass"), f"chu.{extension}").lines


@pytest.mark.parametrize("extension", ["txt", "md", "html", "csv", "doc", "docx", "xlsx", "xls", "pdf"])
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(extension: str, data: bytes) -> None:
    marks = {"docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "pdf": b"%PDF-"}
    with pytest.raises(Unreadable) if extension in marks else _either():
        read_blocks(marks.get(extension, b"") + data, f"byte.{extension}")


class _either:
    """Read, or refused with a sentence: both are an answer."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: object, trace: object) -> bool:
        return isinstance(error, Unreadable) and is_sentence(str(error))
