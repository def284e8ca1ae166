"""The plain-text template of the consolidated report: read into parts, lines and pieces, or refused line by line. Pure.

One line is one paragraph. What a line may be:

    ; a remark, which is not printed
    # chi-dao: Công tác chỉ đạo          one of the six parts, each exactly once
    ## A heading   ### A smaller one
    - An item of a list
    Words with {total} nhiệm vụ{^total}   a figure; with "^" the raised reference to the records behind it
    [25 % | Nghị quyết số 57-NQ/TW]       words with a number taken from elsewhere, and their source
    {{bon-o}}                             a table or list made from the records, on a line of its own
    ? units_missing: …                    a line that stands only when that figure is not zero; "?!" only when it is
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _

from tiendo.ui.sentences import Sentence

LONGEST = 60_000  # letters; a template is a few pages


class PartKey(StrEnum):
    """The six parts of a periodic report; the value is the key in the template."""

    DIRECTION = "chi-dao"
    RESULTS = "ket-qua"
    OUTSTANDING = "noi-bat"
    ASSESSMENT = "danh-gia"
    DIFFICULTIES = "kho-khan"
    NEXT = "ky-toi"


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class Token:
    """A figure or a word known by its key; `is_ref` asks for the reference to its records."""

    key: str
    is_ref: bool = False


@dataclass(frozen=True)
class Quotation:
    """Words taken from elsewhere, numbers included, with where they stand."""

    text: str
    source: str


Piece = Words | Token | Quotation


class Shape(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    BLOCK = "block"


@dataclass(frozen=True)
class Line:
    """A line that prints. `level` counts for headings; `block` names what is made from records."""

    number: int
    shape: Shape
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    block: str = ""
    when: str = ""
    when_zero: bool = False

    @property
    def words(self) -> str:
        """What was typed, without what is put in."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Words))


@dataclass(frozen=True)
class Part:
    """One of the six parts; `source` is its text below the title, which a person may edit."""

    key: PartKey
    title: str
    lines: tuple[Line, ...]
    source: str


@dataclass(frozen=True)
class Template:
    parts: tuple[Part, ...]

    def part(self, key: PartKey) -> Part:
        return next(part for part in self.parts if part.key == key)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line (0: the whole text), as a sentence for a person."""

    line: int
    sentence: str


class BadTemplate(Exception):
    """The text is no template; `problems` says why, line by line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__(self.problems[0].sentence)


_TITLE = re.compile(r"#\s*([a-z0-9-]+)\s*:\s*(\S.*)")
_WHEN = re.compile(r"\?(!?)\s*([\w.:-]+)\s*:\s*(.*)")
_BLOCK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_PIECE = re.compile(r"\{\s*(\^?)\s*([^{}]*?)\s*\}|\[([^\[\]|]*)\|([^\[\]|]*)\]")
_LEVELS = {"##": 2, "###": 3}


def parse(text: str, *, tokens: Set[str], figures: Set[str], blocks: Set[str]) -> Template:
    """The template. `figures` may be tokens, references and conditions; `tokens` are words only; `blocks` the
    directives. Raises BadTemplate with every problem found."""
    if len(text) > LONGEST:
        raise BadTemplate([Problem(0, Sentence.of(_("Mẫu dài quá {most} chữ."), most=LONGEST))])
    reader = _Reader(tokens, figures, blocks)
    found: list[tuple[int, PartKey, str, list[str]]] = []
    for number, line in _numbered(text):
        if re.match(r"#(?!#)", line):
            if title := reader.title(number, line):
                found.append((number, *title, []))
        elif found:
            found[-1][3].append(line)
        elif line.strip() and not line.startswith(";"):
            reader.complain(number, _("Dòng {line}: lời văn phải đứng dưới tên một phần (# chi-dao: …)."))
    parts = [
        Part(key, title, tuple(reader.lines(rows, first=number + 1)), "\n".join(rows).strip("\n"))
        for number, key, title, rows in found
    ]
    reader.require_each_part_once(found)
    if reader.problems:
        raise BadTemplate(reader.problems)
    return Template(tuple(parts))


def parse_part(text: str, *, tokens: Set[str], figures: Set[str], blocks: Set[str]) -> tuple[Line, ...]:
    """The lines of one part's text, numbered from 1. Raises BadTemplate."""
    if len(text) > LONGEST:
        raise BadTemplate([Problem(0, Sentence.of(_("Phần này dài quá {most} chữ."), most=LONGEST))])
    reader = _Reader(tokens, figures, blocks)
    rows = [line for _number, line in _numbered(text)]
    for number, row in enumerate(rows, 1):
        if re.match(r"#(?!#)", row):
            reader.complain(number, _("Dòng {line}: tên phần do mẫu đặt, trong một phần chỉ dùng ## hoặc ###."))
    lines = tuple(reader.lines(rows, first=1))
    if reader.problems:
        raise BadTemplate(reader.problems)
    return lines


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    yield from enumerate((line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")), 1)


class _Reader:
    """Reads line by line and gathers what is wrong, so that a person mends everything at once."""

    def __init__(self, tokens: Set[str], figures: Set[str], blocks: Set[str]) -> None:
        self.tokens, self.figures, self.blocks = tokens, figures, blocks
        self.problems: list[Problem] = []

    def complain(self, number: int, words: str, **values: object) -> None:
        self.problems.append(Problem(number, Sentence.of(words, line=number, **values)))

    def title(self, number: int, line: str) -> tuple[PartKey, str] | None:
        found = _TITLE.fullmatch(line)
        if found is None or found[1] not in set(PartKey):
            known = ", ".join(PartKey)
            self.complain(
                number, _("Dòng {line}: tên phần viết “# mã: Tên phần”, mã là một trong {known}."), known=known
            )
            return None
        return PartKey(found[1]), found[2].strip()

    def require_each_part_once(self, found: Iterable[tuple[int, PartKey, str, list[str]]]) -> None:
        seen: dict[PartKey, int] = {}
        for number, key, _title, _rows in found:
            if key in seen:
                self.complain(number, _("Dòng {line}: phần “{key}” đã có ở dòng {first}."), key=key, first=seen[key])
            seen.setdefault(key, number)
        for key in PartKey:
            if key not in seen:
                self.complain(0, _("Thiếu phần “{key}” (dòng “# {key}: …”)."), key=key)

    def lines(self, rows: Iterable[str], *, first: int) -> Iterator[Line]:
        for number, row in enumerate(rows, first):
            text = row.strip()
            if text and not text.startswith(";") and (line := self._line(number, text)):
                yield line

    def _line(self, number: int, text: str) -> Line | None:
        when, zero = "", False
        if text.startswith("?"):
            found = _WHEN.fullmatch(text)
            if found is None or found[2] not in self.figures:
                self.complain(number, _("Dòng {line}: điều kiện viết “? mã_số_liệu: …” với một số liệu đã biết."))
                return None
            when, zero, text = found[2], bool(found[1]), found[3].strip()
        if text.startswith("{{") or text.endswith("}}"):
            return self._block(number, text, when, zero)
        mark, _space, rest = text.partition(" ")
        if mark in _LEVELS:
            return Line(number, Shape.HEADING, self._pieces(number, rest), _LEVELS[mark], when=when, when_zero=zero)
        if mark == "-":
            return Line(number, Shape.BULLET, self._pieces(number, rest), when=when, when_zero=zero)
        return Line(number, Shape.PARAGRAPH, self._pieces(number, text), when=when, when_zero=zero)

    def _block(self, number: int, text: str, when: str, zero: bool) -> Line | None:
        found = _BLOCK.fullmatch(text)
        if found is None or found[1] not in self.blocks:
            name = found[1] if found else text
            self.complain(number, _("Dòng {line}: không có khối “{name}”; mỗi khối đứng riêng một dòng."), name=name)
            return None
        return Line(number, Shape.BLOCK, block=found[1], when=when, when_zero=zero)

    def _pieces(self, number: int, text: str) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        at = 0
        for found in _PIECE.finditer(text):
            pieces.append(Words(text[at : found.start()]))
            pieces.append(self._piece(number, found))
            at = found.end()
        pieces.append(Words(text[at:]))
        if any(isinstance(piece, Words) and re.search(r"[{}]", piece.text) for piece in pieces):
            self.complain(number, _("Dòng {line}: dấu ngoặc nhọn chưa đóng hoặc chưa mở."))
        return tuple(piece for piece in pieces if not (isinstance(piece, Words) and not piece.text))

    def _piece(self, number: int, found: re.Match[str]) -> Piece:
        if found[3] is not None:
            if not found[3].strip() or not found[4].strip():
                self.complain(number, _("Dòng {line}: trích dẫn viết “[lời trích | nguồn]”, không để trống vế nào."))
            return Quotation(found[3].strip(), found[4].strip())
        key, is_ref = found[2], bool(found[1])
        if key not in (self.figures if is_ref else self.tokens | self.figures):
            self.complain(number, _("Dòng {line}: không có số liệu nào mang mã “{key}”."), key=key)
        return Token(key, is_ref)
