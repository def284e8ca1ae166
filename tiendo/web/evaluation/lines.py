"""The lines of a working as a page shows them: the sentence in the reader's language, each record with its page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tiendo.accounts.models import User
from tiendo.evaluation.models import Judgement
from tiendo.evaluation.states import VOICE_WORDS, Voice
from tiendo.indicators.models import Figure
from tiendo.plans.queries import openable
from tiendo.reporting.models import Submission
from tiendo.ui.saying import said
from tiendo.ui.sentences import Sentence

KINDS = {
    "plans.task": pgettext_lazy("một", "nhiệm vụ"),
    "reporting.submission": gettext_lazy("báo cáo"),
    "reporting.evidence": gettext_lazy("minh chứng"),
    "reporting.duty": gettext_lazy("kỳ báo cáo"),
    "indicators.figure": gettext_lazy("số liệu"),
    "evaluation.judgement": gettext_lazy("nhận xét"),
    "evaluation.claim": gettext_lazy("kiểm tra"),
    "plans.charge": gettext_lazy("phân công người đứng đầu"),
    "oversight.difficulty": gettext_lazy("nguyên nhân khách quan"),
    "plans.file": gettext_lazy("tệp"),
}
_ID = re.compile(r"([a-z_]+\.[a-z_]+):(.+)")
_WHOLE = {"reporting.evidence": "reporting:evidence-file", "reporting.duty": "reporting:duty-detail"}
_WHOLE |= {"evaluation.claim": "evaluation:claim-check", "oversight.difficulty": "oversight:difficulty-detail"}


@dataclass(frozen=True)
class Record:
    """A record a line rests on: its kind and number, and where it opens ("" when it has no page of its own)."""

    words: str
    url: str


@dataclass(frozen=True)
class Shown:
    text: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Addresses:
    """Where records open whose page is not their own number's, asked for once for a whole page."""

    reports: Mapping[str, int]
    figures: Mapping[str, str]
    cards: Mapping[str, int]
    tasks: frozenset[str]


def addresses(lines: Iterable[Mapping[str, Any]], user: User) -> Addresses:
    """For all lines of a page, in four queries; of tasks only those the reader may open."""
    known: dict[str, set[str]] = {}
    for name in {each for line in lines for each in line["ids"]}:
        match = _ID.fullmatch(name)
        known.setdefault(match[1] if match else "plans.task", set()).add(match[2] if match else name)
    reports = Submission.objects.filter(pk__in=known.get("reporting.submission", ()))
    figures = Figure.objects.filter(pk__in=known.get("indicators.figure", ()))
    words = Judgement.objects.filter(pk__in=known.get("evaluation.judgement", ()))
    return Addresses(
        {str(pk): duty for pk, duty in reports.values_list("pk", "entry__duty_id")},
        {str(pk): code for pk, code in figures.values_list("pk", "indicator__code")},
        {str(pk): card for pk, card in words.values_list("pk", "scorecard_id")},
        openable(user, known.get("plans.task", ())),
    )


def shown(line: Mapping[str, Any], places: Addresses) -> Shown:
    """One stored line."""
    values = dict(line["values"])
    if values.get("voice") in list(Voice):
        values["voice"] = _(VOICE_WORDS[Voice(values["voice"])])
    return Shown(said(Sentence.of(line["pattern"], **values)), tuple(_record(each, places) for each in line["ids"]))


def _record(name: str, places: Addresses) -> Record:
    match = _ID.fullmatch(name)
    if match is None:
        return Record(name, _place("plans.task", name, places))
    kind, key = match[1], match[2]
    return Record(f"{KINDS.get(kind, kind)} {key}", _place(kind, key, places))


def _place(kind: str, key: str, places: Addresses) -> str:
    if kind == "plans.task":
        return _address("plans:task-detail", key) if key in places.tasks else ""
    if kind == "reporting.submission" and key in places.reports:
        return _address("reporting:duty-detail", places.reports[key])
    if kind == "indicators.figure" and key in places.figures:
        return _address("indicators:indicator-detail", places.figures[key])
    if kind == "evaluation.judgement" and key in places.cards:
        return _address("evaluation:card-detail", places.cards[key])
    return _address(_WHOLE[kind], int(key)) if kind in _WHOLE else ""


def _address(name: str, *parts: object) -> str:
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""
