"""Letters in one form, whichever program wrote them. Pure."""

import unicodedata

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def clean(text: str) -> str:
    """Composed letters, plain spaces, no invisible marks: the same words as printed, in one form.

    Soft hyphens stay until old fonts are looked for: they are the letter ư of TCVN3.
    """
    return unicodedata.normalize("NFC", text).translate(INVISIBLE).replace("\u00a0", " ").replace("\u202f", " ")
