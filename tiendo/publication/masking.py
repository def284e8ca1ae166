"""Free text with what points at a person taken out: telephone numbers, e-mail addresses, names of people we know. Pure.

A unit writes its results in words, and words can carry anything. Public pages show agencies and posts (domain §10),
so this runs over every free text on its way into a release. A name is taken out only as written in full, with its
capitals and two words or more: "An" alone is also an ordinary word.
"""

import re
import unicodedata
from collections.abc import Iterable
from gettext import gettext as _

REMOVED = _("[đã lược thông tin cá nhân]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,/+-])(?:\+84|0)(?:[ .-]?\d){8,10}(?![\w/]|[.,]\d)")


class Mask:
    """Cleans texts of contacts and of the given full names."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted({_nfc(name).strip() for name in names if " " in name.strip()}, key=len, reverse=True)
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)") if known else None

    def clean(self, text: str | None) -> str | None:
        """The text without contacts and known names; None stays None."""
        if text is None:
            return None
        text = _PHONE.sub(REMOVED, _EMAIL.sub(REMOVED, _nfc(text)))
        return self._names.sub(REMOVED, text) if self._names else text


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
