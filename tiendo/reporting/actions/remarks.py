"""The unit and the coordinator talk about one item, until it is accepted."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.reporting.actions.sending import locked_duty
from tiendo.reporting.models import Duty, Entry, Remark
from tiendo.reporting.people import people_holding_role, people_of_unit
from tiendo.reporting.permissions import can_remark
from tiendo.reporting.queries import coordinating_unit
from tiendo.ui.sentences import Sentence


@transaction.atomic
def add_remark(*, entry: Entry, text: str, by: User, at: datetime) -> Remark:
    """Say something about an item that was sent at least once; the other side is told."""
    duty = locked_duty(Duty(pk=entry.duty_id))
    entry = Entry.objects.select_for_update(of=("self",)).select_related("task").get(pk=entry.pk)
    entry.duty = duty
    require(can_remark(by, entry, at=at))
    if not text.strip():
        require(no(_("Hãy ghi nội dung trao đổi.")))
    if not entry.submissions.exists():
        require(no(_("Nội dung này chưa được gửi nên chưa có gì để trao đổi với cơ quan đầu mối.")))
    from_unit = duty.unit_id in by.access.held_unit_ids
    unit = duty.unit if from_unit else coordinating_unit(duty.period, at)
    remark = Remark.objects.create(entry=entry, text=text.strip(), said_by=by, said_for=unit, said_at=at)
    record(
        act="reporting.entry.remark",
        subject=f"reporting.entry:{entry.pk}",
        actor=by.username,
        at=at,
        remark=remark.pk,
        text=remark.text,
    )
    _tell(remark, entry, from_unit=from_unit, by=by, at=at)
    return remark


def _tell(remark: Remark, entry: Entry, *, from_unit: bool, by: User, at: datetime) -> None:
    on = localdate(at)
    others = people_holding_role(Role.COORDINATOR, on=on) if from_unit else people_of_unit(entry.duty.unit_id, on=on)
    notify(
        kind=Kind.REMARK,
        to=others,
        sentence=Sentence.of(
            gettext_noop("{unit} trao đổi về nhiệm vụ “{task}”."), unit=str(remark.said_for), task=entry.task.title
        ),
        body=remark.text,
        url=reverse("reporting:duty-detail", args=[entry.duty_id]) + f"#{entry.task.code}",
        about=f"reporting.entry:{entry.pk}",
        key=f"remark:{remark.pk}",
        by=by,
        at=at,
    )
