"""What an indicator serves: tasks, clauses of the plan, and the higher documents that set it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.indicators.models import DocumentTie, Indicator, ObjectiveTie, TaskTie
from tiendo.indicators.permissions import can_define_indicators
from tiendo.plans.higher import number_key
from tiendo.plans.models import HigherDocument, PlanItem, Task
from tiendo.plans.queries import same_item

AnyTie = TaskTie | ObjectiveTie | DocumentTie


@transaction.atomic
def tie_task(*, indicator: Indicator, task: Task, by: User, at: datetime) -> TaskTie:
    """Say that the indicator measures the outcome of a task; said already: nothing new (R005)."""
    require(can_define_indicators(by))
    indicator = locked(indicator)
    known = indicator.task_ties.filter(task=task, ended_at=None).first()
    if known:
        return known
    tie = TaskTie.objects.create(indicator=indicator, task=task, recorded_by=by, recorded_at=at)
    _record(indicator, by, at, task=task.code)
    return tie


@transaction.atomic
def tie_objective(*, indicator: Indicator, item: PlanItem, by: User, at: datetime) -> ObjectiveTie:
    """Say that the indicator measures the objective of a clause, one clause through all versions (R004)."""
    require(can_define_indicators(by))
    indicator = locked(indicator)
    known = indicator.objective_ties.filter(item__in=same_item(item), ended_at=None).first()
    if known:
        return known
    tie = ObjectiveTie.objects.create(indicator=indicator, item=item, recorded_by=by, recorded_at=at)
    _record(indicator, by, at, item=item.path)
    return tie


@transaction.atomic
def tie_document(*, indicator: Indicator, number: str, by: User, at: datetime) -> DocumentTie:
    """Say that a higher document, by its number, sets the indicator (R027)."""
    require(can_define_indicators(by))
    if not number_key(number):
        require(no(_("Hãy ghi số, ký hiệu của văn bản cấp trên.")))
    indicator = locked(indicator)
    document = HigherDocument.objects.get_or_create(key=number_key(number), defaults={"number": number.strip()})[0]
    known = indicator.document_ties.filter(document=document, ended_at=None).first()
    if known:
        return known
    tie = DocumentTie.objects.create(indicator=indicator, document=document, recorded_by=by, recorded_at=at)
    _record(indicator, by, at, document=document.number)
    return tie


@transaction.atomic
def end_tie(*, tie: AnyTie, by: User, at: datetime) -> None:
    """It is no longer so; the row stays as history. A tie that has ended already is left alone."""
    require(can_define_indicators(by))
    if type(tie)._default_manager.filter(pk=tie.pk, ended_at=None).update(ended_at=at):
        record(
            act="indicators.indicator.untie", subject=subject_of(tie.indicator), actor=by.username, at=at, **_of(tie)
        )


def locked(indicator: Indicator) -> Indicator:
    """The indicator, held until the act is over: versions, targets and ties are numbered one after the other."""
    return Indicator.objects.select_for_update().get(pk=indicator.pk)


def subject_of(indicator: Indicator) -> str:
    """How the log names it."""
    return f"indicators.indicator:{indicator.code}"


def _of(tie: AnyTie) -> dict[str, str]:
    if isinstance(tie, TaskTie):
        return {"task": tie.task.code}
    return {"item": tie.item.path} if isinstance(tie, ObjectiveTie) else {"document": tie.document.number}


def _record(indicator: Indicator, by: User, at: datetime, **detail: str) -> None:
    record(act="indicators.indicator.tie", subject=subject_of(indicator), actor=by.username, at=at, **detail)
