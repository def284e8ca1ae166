"""Which runs of a Word file are set in an old Vietnamese font: the font tells for certain how its letters are meant."""

import re
from dataclasses import dataclass
from typing import Any

from tiendo.intake.reading.legacy import TCVN3, VNI
from tiendo.intake.reading.numbering import W

TCVN3_FONT = re.compile(r"\.vn", re.IGNORECASE)
VNI_FONT = re.compile(r"vni[- ]", re.IGNORECASE)
DEEPEST_STYLE = 12  # how far styles are followed to the one they are based on


@dataclass(frozen=True)
class Script:
    """How the letters of a run are meant: an old encoding or None, and whether the font draws capitals only."""

    scheme: str | None = None
    capitals: bool = False


PLAIN = Script()


def script_of_font(font: str) -> Script:
    """What the name of a font says: `.VnTime` is TCVN3, `.VnTimeH` its capitals, `VNI-Times` is VNI."""
    if TCVN3_FONT.match(font):
        return Script(TCVN3, capitals=font.upper().endswith("H"))
    return Script(VNI) if VNI_FONT.match(font) else PLAIN


class Fonts:
    """Looks up the font of a run as Word does: the run itself, its style, the paragraph's style, the defaults."""

    def __init__(self, styles: Any) -> None:
        self._of_style: dict[str, str | None] = {}
        self._base: dict[str, str] = {}
        self._default: str | None = None
        self._known: dict[tuple[str | None, str, str], Script] = {}
        if styles is not None:
            self._learn(styles)

    def _learn(self, root: Any) -> None:
        paragraph_default = ""
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._of_style[name] = _font(style.find(f"{W}rPr"))
            base = style.find(f"{W}basedOn")
            self._base[name] = "" if base is None else base.get(f"{W}val", "")
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                paragraph_default = name
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._default = self._styled(paragraph_default) or _font(defaults)

    def script(self, run: Any, style: str) -> Script:
        """How the letters of a run are meant, in a paragraph of this style."""
        properties = run.find(f"{W}rPr")
        named = None if properties is None else properties.find(f"{W}rStyle")
        key = (_font(properties), "" if named is None else named.get(f"{W}val", ""), style)
        if key not in self._known:
            font = key[0] if key[0] is not None else self._styled(key[1])
            font = font if font is not None else self._styled(style)
            self._known[key] = script_of_font((font if font is not None else self._default) or "")
        return self._known[key]

    def _styled(self, style: str) -> str | None:
        for _step in range(DEEPEST_STYLE):
            if not style or self._of_style.get(style) is not None:
                break
            style = self._base.get(style, "")
        return self._of_style.get(style)


def _font(properties: Any) -> str | None:
    """The font for letters beyond ASCII; "" for a font of the theme (never an old one), None where none is named."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    if fonts is None:
        return None
    if fonts.get(f"{W}hAnsiTheme") or fonts.get(f"{W}asciiTheme"):
        return ""
    font: str | None = fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")
    return font
