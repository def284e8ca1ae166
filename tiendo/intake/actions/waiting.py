"""What every act on an import begins and ends with: the locked import that still waits, and the line in the log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.intake.models import Import, Proposal

PENDING, ACCEPTED, REJECTED = Proposal.Decision.PENDING, Proposal.Decision.ACCEPTED, Proposal.Decision.REJECTED


def lock_open(source: Import) -> Import:
    """The locked import, still waiting. Refused with a reason while it is read and once it has ended."""
    source = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if source.status == Import.Status.READING:
        require(no(_("Tệp đang được đọc; hãy chờ đọc xong.")))
    if source.status != Import.Status.PROPOSED:
        require(no(_("Lần nhập này đã kết thúc; không còn thay đổi được.")))
    return source


def lock_proposals(source: Import, pks: Iterable[int]) -> list[Proposal]:
    """The locked proposals of the import, in reading order."""
    rows = Proposal.objects.select_for_update(of=("self",)).filter(source=source, pk__in=list(pks))
    return list(rows.order_by("position", "pk"))


def set_decision(pks: Iterable[int], decision: str, *, by: User, at: datetime) -> None:
    pending = decision == PENDING
    Proposal.objects.filter(pk__in=list(pks)).update(
        decision=decision, decided_by=None if pending else by, decided_at=None if pending else at
    )


def write_act(verb: str, source: Import, by: User, at: datetime, **detail: Any) -> None:
    record(act=f"intake.import.{verb}", subject=f"intake.import:{source.pk}", actor=by.username, at=at, **detail)
