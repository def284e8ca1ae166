"""Sentences of pure modules that still can be said in another language. Pure; `ui.saying` says them."""

from typing import Self


class Sentence(str):
    """A Vietnamese sentence with values put in, which remembers its pattern (the message to translate) and the values.

    `Sentence.of(_("Tệp lớn hơn {size} MB."), size=20)`: once a value is in it, a plain string is no message any more.
    """

    pattern: str
    values: dict[str, object]

    @classmethod
    def of(cls, pattern: str, **values: object) -> Self:
        made = cls(pattern.format(**values))
        made.pattern, made.values = pattern, values
        return made
