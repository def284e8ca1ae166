"""Text that any renderer can carry: composed letters, no characters that XML or a PDF forbids. Pure."""

import re
import unicodedata
from collections.abc import Callable

# What XML 1.0 cannot hold, the direction overrides that make text read other than it is stored, and the
# invisible marks that text copied from web pages carries.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
_SPACES = re.compile("\r\n?|[\u2028\u2029\x85]")


def clean(text: str) -> str:
    """Return `text` composed (NFC), with line ends as \\n, tabs as spaces and forbidden characters left out."""
    if text.isascii() and text.isprintable():
        return text
    text = _SPACES.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", text))


def showable(text: str, covers: Callable[[str], bool]) -> str:
    """Replace every character that the font lacks by □, so that a gap is seen rather than silently lost."""
    if text.isascii():
        return text
    return "".join(c if c == "\n" or covers(c) else "□" for c in text)
