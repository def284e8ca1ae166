"""Word's automatic numbers: the label a reader sees before a paragraph but which is not in its text."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
DEEPEST = 9


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts and how the label is written."""

    start: int
    style: str
    pattern: str


def roman(value: int) -> str:
    """Roman numeral of a positive number."""
    written = ""
    for worth, letters in ROMAN:
        while value >= worth:
            written, value = written + letters, value - worth
    return written


def _counted(value: int, style: str) -> str:
    if style in {"upperRoman", "lowerRoman"}:
        return roman(value) if style == "upperRoman" else roman(value).lower()
    if style in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if style == "upperLetter" else letter
    return f"{value:02d}" if style == "decimalZero" else str(value)


class Numbering:
    """Counts the list paragraphs of one document in order; ask `label` once for each paragraph."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._learn(numbering)
        if styles is not None:
            self._learn_styles(styles)

    def _learn(self, root: Any) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            levels = {int(level.get(f"{W}ilvl", "0")): _level(level) for level in abstract.iter(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for num in root.iter(f"{W}num"):
            self._lists[num.get(f"{W}numId", "")] = _value(num, "abstractNumId") or ""

    def _learn_styles(self, root: Any) -> None:
        for style in root.iter(f"{W}style"):
            numbered = _num_pr(style)
            if numbered:
                self._of_style[style.get(f"{W}styleId", "")] = numbered

    def label(self, paragraph: Any) -> str:
        """The label of this paragraph with a space after it, or the empty string."""
        numbered = _num_pr(paragraph) or self._of_style.get(_style_of(paragraph))
        if not numbered:
            return ""
        number, depth = numbered
        abstract = self._lists.get(number, "")
        level = self._levels.get(abstract, {}).get(depth)
        if number == "0" or level is None:
            return ""
        if level.style in {"bullet", "none"}:
            return "- " if level.style == "bullet" else ""
        return self._advance(abstract, depth, level) + " "

    def _advance(self, abstract: str, depth: int, level: Level) -> str:
        counts = self._counts[abstract]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, DEEPEST):
            counts.pop(deeper, None)
        label = level.pattern
        for at in range(depth + 1):
            used = self._levels[abstract].get(at, level)
            label = label.replace(f"%{at + 1}", _counted(counts.get(at, used.start), used.style))
        return label


def _level(node: Any) -> Level:
    start = _value(node, "start") or "1"
    return Level(int(start), _value(node, "numFmt") or "decimal", _value(node, "lvlText") or "")


def _value(node: Any, tag: str) -> str | None:
    child = node.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def _num_pr(node: Any) -> tuple[str, int] | None:
    found = node.find(f"{W}pPr/{W}numPr")
    number = None if found is None else _value(found, "numId")
    return None if number is None or found is None else (number, int(_value(found, "ilvl") or "0"))


def _style_of(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")
