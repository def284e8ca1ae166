"""Bytes to Unicode: a byte order mark decides, then strict UTF-8, then what reads as Vietnamese. Nothing is guessed."""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.intake.reading.legacy import SCHEMES, to_unicode
from tiendo.intake.reading.syllables import is_syllable
from tiendo.plans.file_checks.texts import wide_order
from tiendo.plans.spreadsheets.errors import Unreadable

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WINDOWS = "Windows-1258"
WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 400_000  # letters that decide; a file has one encoding
LEAST_WORDS = 3  # different ones
LEAST_SHARE = 0.8  # of the words with marks must be Vietnamese; names and abbreviations are not
LEAST_LEAD = 0.1


@dataclass(frozen=True)
class Decoded:
    """A file's text in Unicode; `encoding` names the old one it was repaired from, `printed` is the text as it was."""

    text: str
    encoding: str | None = None
    printed: str = ""


def decode(data: bytes) -> str:
    """The text of a file, old Vietnamese encodings repaired; see `decode_text` for which one it was.

    Raises Unreadable when the encoding cannot be told for certain.
    """
    return decode_text(data).text


def decode_text(data: bytes) -> Decoded:
    """The text of a file with the old encoding it was repaired from, if any.

    Raises Unreadable when the encoding cannot be told for certain.
    """
    name = next((name for mark, name in BOMS if data.startswith(mark)), None) or wide_order(data) or "utf-8"
    try:
        return Decoded(data.decode(name))
    except UnicodeDecodeError:
        found = _from_legacy(data) if name == "utf-8" else None
    if found is None:
        raise Unreadable(_not_unicode())
    return found


def as_latin(data: bytes) -> str:
    """Bytes as the letters Windows showed for them in the West: the form in which old fonts are recognised."""
    return data.decode("cp1252", errors="latin_where_undefined")


def _latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("latin_where_undefined", _latin)


def _from_legacy(data: bytes) -> Decoded | None:
    """The one old encoding in which nearly all words with marks are Vietnamese; None when none or several are."""
    sample = data[:SAMPLE]
    shown = as_latin(sample)
    readings = {scheme: to_unicode(shown, scheme) for scheme in SCHEMES}
    readings[WINDOWS] = _windows(sample)
    ranked = sorted(((share_of_syllables(text), name) for name, text in readings.items()), reverse=True)
    (best, name), (second, _other) = ranked[:2]
    if best < LEAST_SHARE or best - second < LEAST_LEAD:
        return None
    if name == WINDOWS:
        text = _windows(data)
        return Decoded(text, WINDOWS, text)
    printed = as_latin(data)
    return Decoded(to_unicode(printed, name), name, printed)


def _windows(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="latin_where_undefined"))


def share_of_syllables(text: str) -> float:
    """How many of the different words with marks are Vietnamese syllables, from 0 to 1; 0 for too few words."""
    words = {word for word in WORD.findall(text) if not word.isascii()}
    return sum(map(is_syllable, words)) / len(words) if len(words) >= LEAST_WORDS else 0.0


def _not_unicode() -> str:
    return _("Tệp không phải văn bản Unicode (UTF-8); hãy mở bằng trình soạn thảo và lưu lại dạng UTF-8.")
