"""Word's automatic numbers: the label a reader sees before a paragraph but which is not in its text."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
MOST_ROMAN = 3_999
DEEPEST = 9
DEEPEST_STYLE = 12  # how far styles are followed to the one they are based on
LONGEST_PATTERN = 60  # characters of a label; no list of this world writes more before each paragraph
TYPED_BULLETS = frozenset({"+", "*"})  # bullets that tell a level apart; every other one reads as a dash


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts, how the label is written, and whether all its numbers are Arabic."""

    start: int
    style: str
    pattern: str
    legal: bool = False
    paragraph_style: str = ""


def roman(value: int) -> str:
    """Roman numeral of a positive number; beyond what Romans wrote, the number itself."""
    if value > MOST_ROMAN:
        return str(value)
    written = ""
    for worth, letters in ROMAN:
        while value >= worth:
            written, value = written + letters, value - worth
    return written


def _counted(value: int, style: str) -> str:
    if style in {"upperRoman", "lowerRoman"}:
        return roman(value) if style == "upperRoman" else roman(value).lower()
    if style in {"upperLetter", "lowerLetter"} and 0 < value <= MOST_ROMAN:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    return f"{value:02d}" if style == "decimalZero" else str(value)


class Numbering:
    """Counts the list paragraphs of one document in order; ask `label` once for each paragraph."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._learn(numbering)
        if styles is not None:
            self._learn_styles(styles)
        if numbering is not None:
            self._follow_links(numbering)

    def _learn(self, root: Any) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            self._levels[abstract.get(f"{W}abstractNumId", "")] = _levels(abstract)
        for num in root.iter(f"{W}num"):
            number = num.get(f"{W}numId", "")
            self._lists[number] = _value(num, "abstractNumId") or ""
            self._overrides[number], self._restarts[number] = {}, {}
            for override in num.iter(f"{W}lvlOverride"):
                self._overrides[number].update(_levels(override))
                start = _value(override, "startOverride")
                if start is not None:
                    self._restarts[number][int(override.get(f"{W}ilvl", "0"))] = int(start)

    def _learn_styles(self, root: Any) -> None:
        styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        for name in styles:
            number, depth = _inherited(name, styles)
            if number is not None:
                levels = self._levels.get(self._lists.get(number, ""), {})
                named = next((at for at, level in levels.items() if level.paragraph_style == name), 0)
                self._of_style[name] = number, named if depth is None else depth

    def _follow_links(self, root: Any) -> None:
        """A list that only names a style of lists takes its levels from that style's list."""
        for abstract in root.iter(f"{W}abstractNum"):
            linked = self._of_style.get(_value(abstract, "numStyleLink") or "")
            if linked:
                source = self._levels.get(self._lists.get(linked[0], ""), {})
                self._levels[abstract.get(f"{W}abstractNumId", "")] = source

    def label(self, paragraph: Any) -> str:
        """The label of this paragraph with a space after it, or the empty string."""
        own_number, own_depth = _num_pr(paragraph)
        number, depth = self._of_style.get(style_of(paragraph), (None, 0))
        number, depth = own_number or number, depth if own_depth is None else own_depth
        if number is None or number == "0":
            return ""
        abstract = self._lists.get(number, "")
        levels = {**self._levels.get(abstract, {}), **self._overrides.get(number, {})}
        level = levels.get(depth)
        if level is None or level.style == "none":
            return ""
        if level.style == "bullet":
            return f"{level.pattern} " if level.pattern in TYPED_BULLETS else "- "
        self._restart(number, abstract)
        return self._advance(abstract, depth, levels) + " "

    def _restart(self, number: str, abstract: str) -> None:
        """A list that says where it starts begins there the first time it is met."""
        for depth, start in self._restarts.pop(number, {}).items():
            self._counts[abstract][depth] = start - 1

    def _advance(self, abstract: str, depth: int, levels: dict[int, Level]) -> str:
        counts, level = self._counts[abstract], levels[depth]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, DEEPEST):
            counts.pop(deeper, None)
        label = level.pattern
        for at in range(depth + 1):
            used = levels.get(at, level)
            style = "decimal" if level.legal else used.style
            label = label.replace(f"%{at + 1}", _counted(counts.get(at, used.start), style))
        return label


def style_of(paragraph: Any) -> str:
    """The style a paragraph names, or the empty string."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _levels(node: Any) -> dict[int, Level]:
    found = (level for level in node.iter(f"{W}lvl"))
    return {min(int(level.get(f"{W}ilvl", "0")), DEEPEST): _level(level) for level in found}


def _level(node: Any) -> Level:
    pattern = (_value(node, "lvlText") or "")[:LONGEST_PATTERN]
    level = Level(int(_value(node, "start") or "1"), _value(node, "numFmt") or "decimal", pattern)
    return replace(level, legal=node.find(f"{W}isLgl") is not None, paragraph_style=_value(node, "pStyle") or "")


def _value(node: Any, tag: str) -> str | None:
    child = node.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def _num_pr(node: Any) -> tuple[str | None, int | None]:
    """The list and the depth in it that a paragraph or style names itself; None for what it does not name."""
    found = node.find(f"{W}pPr/{W}numPr")
    if found is None:
        return None, None
    depth = _value(found, "ilvl")
    return _value(found, "numId"), None if depth is None else min(int(depth), DEEPEST)


def _inherited(name: str, styles: dict[str, Any]) -> tuple[str | None, int | None]:
    """The list and depth of a style, from itself or the styles it is based on."""
    number: str | None = None
    depth: int | None = None
    for _step in range(DEEPEST_STYLE):
        if name not in styles or number is not None:
            break
        number, own = _num_pr(styles[name])
        depth = own if depth is None else depth
        name = _value(styles[name], "basedOn") or ""
    return number, depth
