"""Letters that PDF files write in their own ways: symbol fonts, ligatures, loose accents, raised figures."""

import re
import unicodedata

# Word stores what is typed from a symbol font in a private area; these are the signs that plans use.
SYMBOLS = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xAE: "→", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xB7: "•", 0x2D: "-"}
PRIVATE = range(0xE000, 0xF900)
SYMBOL_AREA = range(0xF020, 0xF100)
UNKNOWN = "\ufffd"
PICTURE_FONT = re.compile(r"symbol|dingbats|wingdings|webdings", re.IGNORECASE)
LIGATURES = range(0xFB00, 0xFB07)
ACCENTS = {"´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "˘": "\u0306", "¨": "\u0308"}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
FIGURES = re.compile(r"^[0-9]{1,3}$")


def glyph(code: int, font: str) -> str:
    """The letter for a code that a file gives for a glyph of a font; U+FFFD when the file does not say what it shows.

    Signs of picture fonts that stand for a list mark become a bullet.
    """
    if 32 < code < 0x7F or 0xA0 < code < 0xD800:
        return chr(code)
    if code in LIGATURES:
        return unicodedata.normalize("NFKC", chr(code))
    if code in PRIVATE:
        if code not in SYMBOL_AREA:
            return UNKNOWN
        return SYMBOLS.get(code - 0xF000, UNKNOWN) if "symbol" in font.lower() else _picture(code - 0xF000)
    if code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return UNKNOWN
    return chr(code)


def is_picture_font(font: str) -> bool:
    """Whether the letters of a font are signs: their codes say what they are even where nothing else does."""
    return bool(PICTURE_FONT.search(font))


def _picture(code: int) -> str:
    return "-" if code == 0x2D else "•"


def raised(text: str) -> str | None:
    """Figures as raised figures ("số¹", "m²"); None for anything else."""
    return text.translate(RAISED) if FIGURES.match(text) else None
