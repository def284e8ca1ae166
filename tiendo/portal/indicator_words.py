"""What the record of a public indicator says, in words: figures, targets, how it is measured."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tiendo.indicators.aims import aim_text
from tiendo.indicators.keeping import missing_codes, with_names
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import (
    DIRECTION_WORDS,
    FIRMNESS_WORDS,
    FREQUENCY_WORDS,
    ORIGIN_WORDS,
    PURPOSE_WORDS,
    ROLLUP_WORDS,
    Direction,
    Firmness,
    Frequency,
    Origin,
    Purpose,
    Rollup,
)
from tiendo.indicators.wording import level_names
from tiendo.indicators.wording import value_words as value_words_of
from tiendo.notices.sayings import PATTERN, VALUES, again
from tiendo.publication.indicator_records import day, decimal
from tiendo.publication.records import Record
from tiendo.ui.formats import number_text, percent_text
from tiendo.ui.saying import said


@dataclass(frozen=True)
class FigureRow:
    """One figure as a row: whose, of which period, what it says and where it comes from."""

    name: str
    value: str
    figure: Record
    goal: str
    progress: str
    why: str
    origin: str
    flags: list[str]


def figure_row(figure: Record, record: Record, names: Mapping[str, str] | None = None) -> FigureRow:
    """`names` are those of the units that its sentences name by their codes; what is said once is not said again."""
    known = names or {}
    reason = figure["no_value"] or figure["not_computable"]
    why = kept_words(with_names(reason, known)) if reason and not figure["progress"] else ""
    flags = [kept_words(with_names(flag, known)) for flag in figure["flags"]]
    target = figure["target"]
    return FigureRow(
        name=said(span_of(figure["period"]).name),
        value=value_words(figure, record),
        figure=figure,
        goal=goal_words(target) if target else "",
        progress=percent_text(Decimal(figure["progress"])) if figure["progress"] else "",
        why=why,
        origin=_(ORIGIN_WORDS[Origin(figure["origin"])]),
        flags=[flag for flag in flags if flag != why],
    )


def codes_of_missing(figures: Iterable[Record]) -> set[str]:
    """Codes of the parts that the sentences of these figures name as missing."""
    kept = [each for row in figures for each in (row["no_value"], row["not_computable"], *row["flags"]) if each]
    return missing_codes(kept)


def value_words(figure: Record, record: Record) -> str:
    """The value with its unit, the name of the level, or that there is none."""
    value = decimal(figure["value"])
    if value is None:
        return _("không công bố") if figure.get("kept_back") else _("không có số liệu")
    return said(value_words_of(value, record["unit_text"], level_names(record["levels"])))


def goal_words(target: Record) -> str:
    """The sign and the number; a range by its two ends."""
    return aim_text(
        target["comparator"], decimal(target["value"]), decimal(target["upper"]), decimal(target.get("full_value"))
    )


def kept_words(kept: Any) -> str:
    """A stored sentence in the reader's language."""
    return said(again(kept[PATTERN], kept[VALUES]))


def target_row(target: Record) -> dict[str, Any]:
    """A line of the path: what for, which day, how much, as printed, and the paper it rests on."""
    return {
        **target,
        "words": _(PURPOSE_WORDS[Purpose(target["purpose"])]),
        "on": day(target["due_on"]),
        "goal": _bare(target) if target["purpose"] == Purpose.BASELINE else goal_words(target),
        "firm": _(FIRMNESS_WORDS[Firmness(target["firmness"])]),
    }


def _bare(target: Record) -> str:
    """Where a way begins is a number and compares with nothing."""
    value = decimal(target["value"])
    return "" if value is None else number_text(value)


def facts(record: Record) -> list[tuple[str, str]]:
    """How the indicator is measured, name and words; what is not set is left to the page to say."""
    owner, source = record["owner"] or {}, record["source"] or {}
    return [
        (_("Định nghĩa"), record["definition"] or ""),
        (_("Cách tính"), record["method"] or ""),
        (_("Công thức"), record["expression"] or ""),
        (_("Đơn vị tính"), record["unit_text"]),
        (_("Chiều tốt"), _(DIRECTION_WORDS[Direction(record["direction"])])),
        (_("Mức ràng buộc"), _(FIRMNESS_WORDS[Firmness(record["firmness"])])),
        (_("Cơ quan chủ trì"), owner.get("name", "")),
        (_("Nguồn số liệu"), source.get("name", "")),
        (_("Chu kỳ"), _(FREQUENCY_WORDS[Frequency(record["frequency"])])),
        (_("Gộp theo đơn vị"), _(ROLLUP_WORDS[Rollup(record["over_units"])])),
        (_("Gộp theo thời gian"), _(ROLLUP_WORDS[Rollup(record["over_time"])])),
        (_("Căn cứ"), record["rests_on"] or ""),
    ]
