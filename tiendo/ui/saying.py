"""How a face says the words of a pure module: in the reader's language."""

from django.utils.translation import gettext as _

from tiendo.ui.sentences import Sentence


def said(words: object) -> str:
    """A sentence, or the sentence an exception carries, in the reader's language; words that are no message stay."""
    if isinstance(words, Exception):
        return said(words.args[0]) if words.args else ""
    if isinstance(words, Sentence):
        values = {name: said(value) if isinstance(value, str) else value for name, value in words.values.items()}
        return _(words.pattern).format(**values)
    return _(str(words)) if str(words) else ""
