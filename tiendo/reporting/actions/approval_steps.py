"""A unit says whose approval its reports want before its head's; and by which paper a report went out."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.reporting.actions.sending import locked_duty
from tiendo.reporting.models import ApprovalStep, Duty
from tiendo.reporting.permissions import can_note_document, can_set_approval_steps


@transaction.atomic
def add_approval_step(*, unit: Unit, approver: User, title: str, by: User, at: datetime) -> ApprovalStep:
    """One more approval, after those there are and before the head's. The approver is a person of the unit."""
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    require(can_set_approval_steps(by, unit))
    if unit.pk not in approver.access.unit_ids or not approver.is_active:
        require(no(_("Người duyệt phải đang giữ chức vụ trong đơn vị.")))
    if not title.strip():
        raise ValidationError({"title": _("Hãy đặt tên cho bước, ví dụ “Thẩm định”.")})
    if ApprovalStep.objects.filter(unit=unit, approver=approver, valid_to=None).exists():
        raise ValidationError({"approver": _("Người này đã có một bước duyệt.")})
    last = ApprovalStep.objects.filter(unit=unit).aggregate(last=Max("position"))["last"] or 0
    step = ApprovalStep.objects.create(
        unit=unit, position=last + 1, approver=approver, title=title.strip(), valid_from=localdate(at)
    )
    _record("add", step, by, at, position=step.position)
    return step


@transaction.atomic
def end_approval_step(*, step: ApprovalStep, by: User, at: datetime) -> ApprovalStep:
    """From today on reports no longer stop there; one that lies there is passed on or taken over as before."""
    step = ApprovalStep.objects.select_for_update(of=("self",)).select_related("unit", "approver").get(pk=step.pk)
    require(can_set_approval_steps(by, step.unit))
    if step.valid_to is None:
        step.valid_to = localdate(at)
        step.save(update_fields=["valid_to"])
        _record("end", step, by, at)
    return step


@transaction.atomic
def name_document(*, duty: Duty, number: str, dated: date, by: User, at: datetime, url: str = "") -> Duty:
    """By which paper the unit sent the same report in the document management system (R060); may be put right later.

    Raises ValidationError for a link that is no web address.
    """
    duty = locked_duty(duty)
    require(can_note_document(by, duty))
    if not number.strip():
        raise ValidationError({"number": _("Hãy ghi số, ký hiệu văn bản.")})
    if url:
        URLValidator(schemes=["http", "https"])(url)
    duty.document_number, duty.document_on, duty.document_url = number.strip(), dated, url
    duty.save(update_fields=["document_number", "document_on", "document_url"])
    record(
        act="reporting.duty.name_document",
        subject=f"reporting.duty:{duty.pk}",
        actor=by.username,
        at=at,
        number=duty.document_number,
        dated=dated,
        url=url,
    )
    return duty


def _record(verb: str, step: ApprovalStep, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"reporting.step.{verb}",
        subject=f"reporting.step:{step.pk}",
        actor=by.username,
        at=at,
        unit=step.unit.code,
        user=step.approver.username,
        title=step.title,
        **detail,
    )
