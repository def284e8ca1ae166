"""Bytes to Unicode: only encodings that can be told for certain; the legacy Vietnamese ones are named and refused."""

import codecs
import re
from gettext import gettext as _

from tiendo.intake.reading.errors import Unreadable
from tiendo.ui.sentences import Sentence

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# TCVN3 keeps its toned vowels and đ where Latin-1 has signs (µ ¶ · ¸ ¹ ® …), so words come out with signs inside.
TCVN3_SIGNS = re.compile(r"(?<=[A-Za-z\xa8-\xff])[\xa8-\xae\xb5-\xbe\xc6\xd0\xd7\xf7]|[\xae\xa7](?=[a-z\xa8-\xff])")
# VNI writes a vowel and then a Latin-1 letter for its mark: "aù", "eä", "oâ"; đ is "ñ".
VNI_PAIRS = re.compile(r"[aeiouyAEIOUY][ùøûõïäáàåãéèúüëÙØÛÕÏÄÁÀÅÃÉÈÚÜË]|[ñÑ](?=[a-zöôâ])|[öô][ùøûõïôi]")
MODERN = re.compile(r"[\u1ea0-\u1ef9đĐơƠưƯăĂ]")
LETTER = re.compile(r"[^\W\d_]")
LEAST_SIGNS = 3


def decode(data: bytes) -> str:
    """Text of the file: a byte order mark decides, otherwise strict UTF-8.

    Raises Unreadable, naming TCVN3 or VNI where it is recognised.
    """
    try:
        text = data.decode(next((name for mark, name in BOMS if data.startswith(mark)), "utf-8"))
    except UnicodeDecodeError:
        raise Unreadable(legacy_sentence(data.decode("latin-1")) or _not_unicode()) from None
    refuse_legacy(text)
    return text


def refuse_legacy(text: str) -> None:
    """Raise Unreadable when Unicode text is really TCVN3 or VNI letters shown through Latin-1."""
    sentence = legacy_sentence(text)
    if sentence:
        raise Unreadable(sentence)


def legacy_sentence(text: str) -> str | None:
    """The sentence for text in a legacy Vietnamese font encoding, or None for ordinary text."""
    sample = text[:200_000]
    letters, modern = len(LETTER.findall(sample)), len(MODERN.findall(sample))
    if modern * 50 > letters:
        return None
    tcvn3, vni = len(TCVN3_SIGNS.findall(sample)), len(VNI_PAIRS.findall(sample))
    if tcvn3 >= LEAST_SIGNS and tcvn3 * 60 > letters and tcvn3 >= vni / 2:
        return _legacy("TCVN3 (ABC)")
    if vni >= LEAST_SIGNS and vni * 30 > letters:
        return _legacy("VNI")
    return None


def _legacy(name: str) -> str:
    return Sentence.of(_("Tệp dùng bảng mã cũ {name}; hãy chuyển sang Unicode (UTF-8) rồi đọc lại."), name=name)


def _not_unicode() -> str:
    return _("Tệp không phải văn bản Unicode (UTF-8); hãy mở bằng trình soạn thảo và lưu lại dạng UTF-8.")
