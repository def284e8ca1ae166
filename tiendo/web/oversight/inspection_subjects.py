"""What a finding may be about: tasks of the inspection, what was reported of them, indicators, scores of the unit."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tiendo.evaluation.gathering import key_of
from tiendo.evaluation.models import Result, Snapshot
from tiendo.indicators.models import Observation
from tiendo.orgs.queries import unit_holding, units_held_by
from tiendo.oversight.models import Finding, Inspection
from tiendo.plans.models import Task
from tiendo.reporting.models import Submission
from tiendo.ui.formats import number_text, percent_text

MOST = 60
Choice = tuple[str, Any]


@dataclass(frozen=True)
class About:
    """What a finding stands beside, in words, with the page that says more."""

    label: str
    words: str
    url: str = ""


def subjects_of(inspection: Inspection) -> list[Choice]:
    """Choices for the form, by kind; the newest first. A constant number of queries."""
    tasks = list(inspection.tasks.order_by("code"))
    groups = [
        (_("Nhiệm vụ"), [(f"task:{task.pk}", f"{task.code} {task.title}") for task in tasks]),
        (_("Đã báo cáo"), [(f"submission:{row.pk}", reported(row)) for row in _submissions(tasks)]),
        (_("Chỉ tiêu"), [(f"observation:{row.pk}", observed(row)) for row in _observations(inspection)]),
        (_("Điểm đánh giá"), _scores(inspection)),
    ]
    return [(name, choices) for name, choices in groups if choices]


def chosen(inspection: Inspection, value: str) -> dict[str, Any]:
    """What the choice names, as the act takes it. Raises LookupError for one that is not offered."""
    if value not in {key for _name, choices in subjects_of(inspection) for key, _label in choices}:
        if value:
            raise LookupError(value)
        return {}
    kind, _colon, rest = value.partition(":")
    if kind == "score":
        return {"score": _score(rest)}
    tables: dict[str, Any] = {"task": Task, "submission": Submission, "observation": Observation}
    return {kind: tables[kind].objects.get(pk=int(rest))}


def reported(row: Submission) -> str:
    """`KH57-1 đã báo cáo 80 % (Kỳ 6 tháng)`: what the report says, and in which period."""
    percent = percent_text(row.percent) if row.percent is not None else row.get_state_display()
    period = row.entry.duty.period.name
    return _("%(code)s: đã báo cáo %(value)s (%(period)s)") % {
        "code": row.entry.task.code,
        "value": percent,
        "period": period,
    }


def observed(row: Observation) -> str:
    value = number_text(row.value) if row.value is not None else row.get_no_value_display()
    return f"{row.indicator.code}: {value} ({row.period})"


def about_of(finding: Finding) -> list[About]:
    """What the finding stands beside; the row comes with its keys."""
    found = []
    if finding.submission:
        entry = finding.submission.entry
        url = reverse("reporting:duty-detail", args=[entry.duty_id])
        found.append(About(_("Số liệu đã báo cáo"), reported(finding.submission), url))
    if finding.observation:
        code = finding.observation.indicator.code
        url = reverse("indicators:indicator-detail", args=[code])
        found.append(About(_("Số liệu chỉ tiêu"), observed(finding.observation), url))
    if finding.score:
        found.append(_scored(finding.score))
    return found


def _scored(score: dict[str, Any]) -> About:
    """The score as it stands in the computation it was seen in."""
    rows = Result.objects.filter(snapshot__cycle=score["cycle"], snapshot__sha256=score["snapshot"])
    for row in rows.select_related("scorecard__unit", "snapshot__cycle"):
        if key_of(row.scorecard) == score["card"]:
            return About(
                _("Điểm đánh giá"), _score_words(row, score), reverse("evaluation:result-detail", args=[row.pk])
            )
    return About(_("Điểm đánh giá"), str(score["criterion"]))


def _score_words(row: Result, score: dict[str, Any]) -> str:
    for each in row.working["criteria"]:
        if each["code"] == score["criterion"]:
            return f"{row.snapshot.cycle}: {each['name']}"
    return str(row.snapshot.cycle)


def _submissions(tasks: list[Task]) -> list[Submission]:
    rows = Submission.objects.filter(entry__task__in=tasks).exclude(verdict=Submission.Verdict.RETURNED)
    rows = rows.select_related("entry__task", "entry__duty__period").order_by("-submitted_at", "-pk")
    return list(rows[:MOST])


def _observations(inspection: Inspection) -> list[Observation]:
    on = inspection.starts_on
    held = units_held_by(frozenset({unit_holding(inspection.unit, on=on).pk}), on=on)
    rows = Observation.objects.current().filter(unit__in=held).select_related("indicator")
    return list(rows.order_by("-period_end", "indicator__code")[:MOST])


def _scores(inspection: Inspection) -> list[Choice]:
    """Criteria of the unit's newest computation."""
    rows = Result.objects.filter(scorecard__unit=inspection.unit, scorecard__head=None)
    rows = rows.exclude(snapshot__purpose=Snapshot.Purpose.PRELIMINARY).select_related("snapshot__cycle")
    newest = rows.order_by("-snapshot__taken_at", "-pk").first()
    if newest is None:
        return []
    return [(f"score:{newest.pk}:{each['code']}", f"{each['name']}") for each in newest.working["criteria"]]


def _score(value: str) -> dict[str, Any]:
    pk, _colon, criterion = value.partition(":")
    row = Result.objects.select_related("snapshot", "scorecard__head", "scorecard__unit").get(pk=int(pk))
    card, sha = key_of(row.scorecard), row.snapshot.sha256
    return {"cycle": row.snapshot.cycle_id, "card": card, "criterion": criterion, "snapshot": sha}
