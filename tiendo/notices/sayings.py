"""A sentence kept as its pattern and values, so that each reader reads it in their own language. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from tiendo.ui.formats import number_text
from tiendo.ui.sentences import Sentence

PATTERN, VALUES = "pattern", "values"


def kept(sentence: str) -> tuple[str, dict[str, object]]:
    """Pattern and values in a form that JSON holds; words without values are their own pattern.

    Raises ValueError for a pattern that its values do not fill, such as one that formats a date by itself.
    """
    if not isinstance(sentence, Sentence):
        return sentence.replace("{", "{{").replace("}", "}}"), {}
    values = {name: _kept_value(value) for name, value in sentence.values.items()}
    try:
        again(sentence.pattern, values)
    except (KeyError, IndexError, TypeError, AttributeError) as wrong:
        raise ValueError(f"a kept sentence takes plain names and values: {sentence.pattern!r}") from wrong
    return sentence.pattern, values


def again(pattern: str, values: Mapping[str, object]) -> Sentence:
    """The sentence that was kept."""
    return Sentence.of(pattern, **{name: _given_value(value) for name, value in values.items()})


def _kept_value(value: object) -> object:
    if isinstance(value, Sentence):
        pattern, values = kept(value)
        return {PATTERN: pattern, VALUES: values}
    if isinstance(value, bool | float | datetime):
        raise ValueError(f"say {value!r} in words before it goes into a sentence that is kept")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return number_text(value)
    return value if isinstance(value, int) else str(value)


def _given_value(value: object) -> object:
    return again(value[PATTERN], value[VALUES]) if isinstance(value, dict) else value
