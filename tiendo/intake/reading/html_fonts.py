"""Old Vietnamese fonts named inside a web page: their text is put right as it is read."""

import re
from dataclasses import dataclass, field
from typing import Any

from tiendo.intake.reading.docx_fonts import PLAIN, Script, script_of_font
from tiendo.intake.reading.legacy import WORD, to_unicode
from tiendo.intake.reading.unmasking import MODERN, speaks

FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;\"',]{1,80})", re.IGNORECASE)
OLD_FONT = re.compile(r"[\"':=\s](?:\.vn|vni[- ])", re.IGNORECASE)


@dataclass
class OldFonts:
    """What old fonts a page was set in, as far as it has been read.

    `scheme` names the last one met; `witnesses` below zero say that the fonts made no sense of the letters.
    """

    scheme: str | None = None
    witnesses: int = 0
    _open: list[tuple[Any, Script]] = field(default_factory=list)

    def enter(self, node: Any) -> None:
        """An element begins; one that names a font counts until it ends."""
        named = FAMILY.search(node.get("style", ""))
        font = named[1] if named else (node.get("face", "") if node.tag == "font" else "")
        if font:
            first = font.partition(",")[0].strip(" \"'")
            self._open.append((node, script_of_font(first)))

    def leave(self, node: Any) -> None:
        """An element ends."""
        if self._open and self._open[-1][0] is node:
            self._open.pop()

    def meant(self, text: str) -> str:
        """The letters a stretch of text stands for in the font it is set in."""
        script = self._open[-1][1] if self._open else PLAIN
        if script.scheme is None or not text or MODERN.search(text):
            return text
        words = [found[0] for found in WORD.finditer(text) if not found[0].isascii()]
        self.witnesses += sum(speaks(word, script.scheme) for word in words)
        self.scheme = script.scheme if words or script.capitals else self.scheme
        changed = to_unicode(text, script.scheme)
        return changed.upper() if script.capitals else changed


class NoFonts(OldFonts):
    """Leaves every letter as the file has it."""

    def meant(self, text: str) -> str:
        """The text itself."""
        return text
