"""Everything that changes a release. Each act locks, asks who may, writes and records in one transaction."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.models import Event
from tiendo.audit.queries import head
from tiendo.audit.record import record
from tiendo.plans.models import Plan
from tiendo.plans.storage import store_file
from tiendo.publication.models import PublishedItem, PublishedTask, PublishedUnit, Release
from tiendo.publication.permissions import can_decide_release, can_propose_release
from tiendo.publication.sealing import MEDIA_TYPE, as_bytes, sealed_release
from tiendo.publication.snapshot import Snapshot, take_snapshot
from tiendo.publication.workflow import Act, IllegalMove, after


@transaction.atomic
def propose_release(*, plan: Plan, title: str, by: User, at: datetime) -> Release:
    """Freeze what the public may know of the plan now, for the decision-maker to look at.

    Raises PermissionDenied, or IllegalMove while another proposal of the plan waits or the plan has no text.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    require(can_propose_release(by))
    _require_ready(plan, title)
    snapshot = take_snapshot(plan, at=at)
    release = Release.objects.create(
        plan=plan, title=title.strip(), data_as_of=at, summary=snapshot.summary, proposed_by=by, proposed_at=at
    )
    _freeze(release, snapshot)
    counts = snapshot.summary["counts"]
    _record("propose", release, by, at, plan=plan.code, title=release.title, tasks=len(snapshot.tasks), counts=counts)
    return release


@transaction.atomic
def approve_release(*, release: Release, by: User, at: datetime) -> Release:
    """Give the snapshot its number and seal; from now on it is public and never changes.

    The file is sealed over the log as it stood before; the approval itself is the next event, and its hash is what
    the release prints. Raises PermissionDenied, or IllegalMove when it was decided or a newer one is public.
    """
    release = _locked(release)
    require(can_decide_release(by, release))
    release.status = after(release.status, Act.APPROVE)
    release.number = _next_number(release)
    sealed = sealed_release(release, number=release.number, head=head(), at=at)
    release.file = store_file(as_bytes(sealed), extension="json", media_type=MEDIA_TYPE, at=at)
    release.seal, release.decided_by, release.decided_at = sealed["seal"], by, at
    event = _record("approve", release, by, at, number=release.number, seal=release.seal, sha256=release.file.sha256)
    release.log_seq, release.log_head = event.seq, event.hash
    release.save(update_fields=["status", "number", "file", "seal", "decided_by", "decided_at", "log_seq", "log_head"])
    return release


@transaction.atomic
def reject_release(*, release: Release, reason: str, by: User, at: datetime) -> Release:
    """Send the proposal back with a reason; its snapshot stays as proof and is never public.

    Raises PermissionDenied, or IllegalMove when it was decided or no reason is given.
    """
    release = _locked(release)
    require(can_decide_release(by, release))
    if not reason.strip():
        raise IllegalMove(_("Hãy ghi lý do không phê duyệt để cơ quan đầu mối biết cần sửa gì."))
    release.status = after(release.status, Act.REJECT)
    release.reason, release.decided_by, release.decided_at = reason.strip(), by, at
    release.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    _record("reject", release, by, at, reason=release.reason)
    return release


def _require_ready(plan: Plan, title: str) -> None:
    if not title.strip():
        raise IllegalMove(_("Hãy đặt tên cho đợt công bố."))
    if not plan.versions.exists():
        raise IllegalMove(_("Kế hoạch chưa có nội dung được chấp nhận nên chưa thể công bố."))
    if plan.releases.filter(status=Release.Status.PROPOSED).exists():
        raise IllegalMove(_("Kế hoạch này đang có một đề xuất công bố chờ phê duyệt; hãy chờ quyết định trước."))


def _freeze(release: Release, snapshot: Snapshot) -> None:
    PublishedItem.objects.bulk_create([PublishedItem(release=release, **row) for row in snapshot.items], 500)
    PublishedUnit.objects.bulk_create([PublishedUnit(release=release, **row) for row in snapshot.units], 500)
    PublishedTask.objects.bulk_create([PublishedTask(release=release, **row) for row in snapshot.tasks], 500)


def _locked(release: Release) -> Release:
    """The release with every other one locked too: numbers are given one after the other, without a gap."""
    rows = {row.pk: row for row in Release.objects.select_for_update(of=("self",)).order_by("pk")}
    return rows[release.pk]


def _next_number(release: Release) -> int:
    approved = Release.objects.approved()
    if approved.filter(plan=release.plan_id, data_as_of__gte=release.data_as_of).exists():
        raise IllegalMove(_("Đã công bố số liệu mới hơn đề xuất này; hãy lập đề xuất mới."))
    last = approved.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _record(act: str, release: Release, by: User, at: datetime, **detail: object) -> Event:
    return record(
        act=f"publication.release.{act}",
        subject=f"publication.release:{release.pk}",
        actor=by.username,
        at=at,
        **detail,
    )
