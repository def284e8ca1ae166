"""The lines of a web page as a browser shows them, and the tables between them. Nothing is loaded, nothing runs."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tiendo.intake.reading.html_fonts import OldFonts
from tiendo.intake.reading.numbering import roman
from tiendo.intake.reading.raised import raised
from tiendo.plans.spreadsheets.letters import clean

UNSEEN = frozenset(
    {"script", "style", "head", "template", "noscript", "iframe", "object", "svg", "select", "textarea", "del", "title"}
)
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "img", "input", "math",
})  # fmt: skip
HIDDEN = re.compile(
    r"(?:display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|mso-element\s*:\s*(?:foot|end)note-list)", re.I
)
NOTE = re.compile(r"Mso(?:Foot|End)noteReference", re.IGNORECASE)
RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
LIST_LABEL = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
NUMBERED = re.compile(r"[(\[]?(?:\d{1,4}|[^\W\d_]{1,6})(?:\.\d{1,4})*[.)\]/]+|\d{1,4}(?:\.\d{1,4})*")
SPACES = re.compile(r"[ \t\r\n\f]+")
TAIL = 12  # pieces of a line that tell what a raised digit stands behind


def flow(root: Any, fonts: OldFonts) -> Iterator[str | Any]:
    """The lines inside an element, and in their place the tables (as elements), in reading order."""
    line, counters = list[str](), dict[Any, int]()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        instead = None if event == "end" or node is root else _instead(node, line)
        if _breaks(node):
            yield from _flushed(line)
        if instead is not None:
            walk.skip_subtree()
            line.append(instead)
            if node.tag == "table" and not is_hidden(node):
                yield node
        elif event == "start":
            fonts.enter(node)
            line += [_label(node, counters), fonts.meant(node.text or "")]
        else:
            fonts.leave(node)
        if event == "end" and node is not root:
            line.append(fonts.meant(node.tail or ""))
    yield from _flushed(line)


def is_hidden(node: Any) -> bool:
    """Whether a browser would not show the element."""
    return "hidden" in node.attrib or bool(HIDDEN.search(node.get("style", "")))


def _breaks(node: Any) -> bool:
    return node.tag not in INLINE and ":" not in node.tag  # a colon: Office's own marks, all within lines


def _flushed(line: list[str]) -> Iterator[str]:
    text = SPACES.sub(" ", clean("".join(line))).strip()
    line.clear()
    if text:
        yield text


def _instead(node: Any, line: list[str]) -> str | None:
    """What is read instead of the element: nothing for what is not shown, the label of a list item, a raised digit.

    None when the element itself is read.
    """
    style = node.get("style", "")
    if node.tag == "table" or node.tag in UNSEEN or is_hidden(node) or NOTE.search(node.get("class", "")):
        return ""
    if LIST_LABEL.search(style):
        label = "".join("".join(node.itertext(with_tail=False)).replace("\xa0", " ").split())
        return f"{label} " if NUMBERED.fullmatch(label) or label in {"+", "*"} else "- "
    if node.tag == "sup" or (node.tag == "span" and RAISED.search(style)):
        return raised("".join(node.itertext(with_tail=False)), "".join(line[-TAIL:]))
    return None


def _label(node: Any, counters: dict[Any, int]) -> str:
    """The number or dash a browser draws before a list item."""
    parent = node.getparent()
    if node.tag != "li" or parent is None:
        return ""
    if parent.tag != "ol":
        return "- "
    given = node.get("value") or (parent.get("start") if parent not in counters else None)
    counters[parent] = int(given) if given and given.isdecimal() else counters.get(parent, 0) + 1
    count, kind = counters[parent], parent.get("type", "1")
    if kind in {"i", "I"}:
        return f"{roman(count) if kind == 'I' else roman(count).lower()}. "
    return f"{chr(ord(kind) + (count - 1) % 26)}. " if kind in {"a", "A"} else f"{count}. "
