"""Which higher documents plans and tasks carry out (R027)."""

from datetime import date, datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.plans.higher import number_key
from tiendo.plans.models import HigherDocument, Mandate, Plan, Task
from tiendo.plans.permissions import can_assign_task, can_make_version


class Named(TypedDict, total=False):
    """What is known of a higher document beside its number; what is known already is kept."""

    kind: str | None
    issuer: str | None
    issued_on: date | None
    title: str | None


@transaction.atomic
def carry_out(
    *,
    number: str,
    plan: Plan,
    by: User,
    at: datetime,
    task: Task | None = None,
    named: Named | None = None,
    quote: str | None = None,
    source: str | None = None,
) -> Mandate:
    """Say that a plan, or one task of it, carries out a document; saying it twice changes nothing.

    It rests on the plan's own words (`quote`) or on a paper named by hand (`source`).
    """
    require(can_make_version(by, plan))
    if not number_key(number):
        require(no(_("Hãy ghi số, ký hiệu của văn bản cấp trên.")))
    if not (quote or "").strip() and not (source or "").strip():
        require(no(_("Hãy ghi căn cứ: số văn bản hoặc ý kiến chỉ đạo.")))
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    document = _known(number, named or {})
    kept = Mandate.objects.in_force().filter(document=document, plan=plan, task=task).first()
    if kept:
        return kept
    mandate = Mandate.objects.create(
        document=document,
        plan=plan,
        task=task,
        quote=quote or None,
        note=source or None,
        recorded_by=by,
        recorded_at=at,
    )
    detail = {"document": document.number, "source": source}
    if task:
        record(act="plans.task.carry_out", subject=_subject(mandate), actor=by.username, at=at, **detail)
    else:
        record(act="plans.plan.carry_out", subject=_subject(mandate), actor=by.username, at=at, **detail)
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, source: str, by: User, at: datetime) -> None:
    """It is no longer so; the row stays as history. A mandate that has ended already is left alone."""
    require(can_assign_task(by))
    if not source.strip():
        require(no(_("Hãy ghi căn cứ: số văn bản hoặc ý kiến chỉ đạo.")))
    if not Mandate.objects.in_force().filter(pk=mandate.pk).update(ended_at=at):
        return
    detail = {"document": mandate.document.number, "source": source}
    if mandate.task:
        record(act="plans.task.end_mandate", subject=_subject(mandate), actor=by.username, at=at, **detail)
    else:
        record(act="plans.plan.end_mandate", subject=_subject(mandate), actor=by.username, at=at, **detail)


def _known(number: str, named: Named) -> HigherDocument:
    """The document of this number; what was not known of it is filled, what was known is kept."""
    document, new = HigherDocument.objects.get_or_create(
        key=number_key(number), defaults={"number": number.strip(), **named}
    )
    missing = {name: value for name, value in named.items() if value and not getattr(document, name)}
    if missing and not new:
        for name, value in missing.items():
            setattr(document, name, value)
        document.save(update_fields=list(missing))
    return document


def _subject(mandate: Mandate) -> str:
    return f"plans.task:{mandate.task.code}" if mandate.task else f"plans.plan:{mandate.plan.code}"
