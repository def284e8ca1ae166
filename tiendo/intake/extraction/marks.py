"""Row numbers of annexes: "I", "A.", "11.1", "12đ", "KH20_TT_N01.1.2", "a)", "-"; and footnote marks taken off."""

import re
from dataclasses import dataclass

from tiendo.intake.extraction.spelling import one_line

COUNTER = re.compile(r"^[(\[]?\s?(?:\d{1,2}|[A-H])\s?[)\]]?$")
FOOTNOTE = re.compile(r"\s{0,3}(?:\[\d{1,2}\]|\[\*{1,3}\]|\(\*{1,3}\)|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})(?=$|[\s.,;:)])")
UNIT_POWER = re.compile(r"(?:\b[kdcm]?m|/)[²³]$")
ROMAN = re.compile(r"^(?=[IVXL])X{0,4}(?:L?X{0,3})(?:IX|IV|V?I{0,3})$")
CAPITAL = re.compile(r"^[A-HĐ]$")
LETTER = re.compile(r"^[a-zđ]$")
DOTTED = re.compile(r"^\d{1,4}(?:[.\-/]\d{1,3}){0,5}[a-zđ]?$")
MIXED = re.compile(r"^(?:\d{1,3}[.]){1,4}[a-zđ]$|^[IVXLA-H]{1,5}(?:[.\-]\d{1,3}){1,5}[a-zđ]?$")
CODE = re.compile(r"^(?=[^\s]*\d)[A-ZĐa-z][\w.\-/]{1,40}$")
FLOAT = re.compile(r"^(\d{1,5})\.0$")
BULLET = re.compile(r"^[-–—+•*●▪·]$")
EDGES = " .)(:\t"
# A label printed in front of a title: "I. Hoàn thiện thể chế", "1.2. Xây dựng …", "a) Rà soát …", "(1) Lập …"
LABEL = re.compile(
    r"^(?P<label>[IVXL]{1,6}(?=[.)/\-–:]|\s[-–]\s)|[A-HĐ](?=[.)])|\d{1,3}(?:\.\d{1,3}){1,4}(?=[.):\s])|\d{1,3}(?=[.)])"
    r"|[a-zđ](?=\))|\((?:\d{1,2}|[a-zđ])(?=\)))\s?[.)/\-–:]{0,2}\s{0,3}(?=\S)"
)
PART_LABEL = re.compile(r"^(?:PHẦN|Phần|NHÓM|Nhóm|MỤC|Mục)\s+(?:thứ\s+\w+|[IVX]{1,5}|[A-H]|\d{1,2})\b[.:]?\s{0,3}")


@dataclass(frozen=True)
class Mark:
    """What a number cell says. `style` roman, capital, number, letter, bullet, code, words or none; `parts` nest."""

    style: str
    text: str
    parts: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it numbers a row: no header begins with it."""
        return self.style in {"roman", "capital", "number", "letter", "bullet", "code"}

    @property
    def heads(self) -> bool:
        """Whether groups are numbered so."""
        return self.style in {"roman", "capital"}

    @property
    def printed(self) -> str | None:
        """The number as a task carries it; a bullet is no number."""
        return self.text if self.text and self.style != "bullet" else None


def read_mark(cell: str) -> Mark:
    """What stands in a number cell, footnote marks and the stop behind it taken off."""
    raw = without_footnotes(one_line(cell))
    if not raw:
        return Mark("none", "")
    if BULLET.match(raw):
        return Mark("bullet", raw)
    text = raw.strip(EDGES)
    text = FLOAT.sub(r"\1", text)
    if not text:
        return Mark("none", "")
    return _styled(text)


def _styled(text: str) -> Mark:
    if ROMAN.match(text):
        return Mark("roman", text, (text,))
    if CAPITAL.match(text):
        return Mark("capital", text, (text,))
    if DOTTED.match(text) or MIXED.match(text):
        return Mark("number", text, tuple(re.split(r"[.\-/]", text)))
    if LETTER.match(text):
        return Mark("letter", text, (text,))
    if CODE.match(text):
        return Mark("code", text, tuple(text.split(".")))
    return Mark("words", text)


def split_label(title: str) -> tuple[Mark, str]:
    """The number printed in front of a title and the title without it."""
    found = LABEL.match(title)
    if not found:
        return Mark("none", ""), title
    return _styled(found["label"].lstrip("(")), title[found.end() :]


def without_footnotes(text: str) -> str:
    """The text without marks that point to footnotes: "(*)", "[2]", "¹"; a power of a unit ("km²") stays."""

    def drop(found: re.Match[str]) -> str:
        return found[0] if UNIT_POWER.search(text[: found.end()][-4:]) else ""

    return FOOTNOTE.sub(drop, text).strip()
