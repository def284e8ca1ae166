"""Everything that changes a release. Each act locks, asks who may, writes and records in one transaction."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.models import Event
from tiendo.audit.queries import head
from tiendo.audit.record import record
from tiendo.indicators.actions.passports import change_passport
from tiendo.indicators.actions.terms import Terms
from tiendo.indicators.models import Indicator, Passport
from tiendo.plans.actions import hide_task
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import store_file
from tiendo.publication.answers import forget
from tiendo.publication.correcting import without_indicator, without_task
from tiendo.publication.indicator_queries import names_hidden_indicator, releases_naming_indicator
from tiendo.publication.models import PublishedIndicator, PublishedItem, PublishedTask, PublishedUnit, Release
from tiendo.publication.permissions import can_decide_release, can_propose_release
from tiendo.publication.queries import latest_release, names_hidden_task, releases_naming
from tiendo.publication.sealing import MEDIA_TYPE, as_bytes, sealed_release
from tiendo.publication.snapshot import Snapshot, take_snapshot
from tiendo.publication.telling import tell_deciders, tell_proposer
from tiendo.publication.workflow import Act, IllegalMove, after

CORRECTED = "(đính chính)"  # sealed with the title, so in the language of the document whoever acts


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
    tell_deciders(release, by=by, at=at)
    return release


@transaction.atomic
def approve_release(*, release: Release, by: User, at: datetime) -> Release:
    """Give the snapshot its number and seal; from now on it is public and never changes.

    Raises PermissionDenied, or IllegalMove when it was decided, when a newer one is public, or when it names a task
    or indicator that has been kept from the public since.
    """
    release = _locked(release)
    require(can_decide_release(by, release))
    status = after(release.status, Act.APPROVE)
    _require_publishable(release)
    release = _publish(release, "approve", status, by, at)
    tell_proposer(release, by=by, at=at)
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
    tell_proposer(release, by=by, at=at)
    return release


@transaction.atomic
def withhold_task(*, task: Task, reason: str, by: User, at: datetime) -> Task:
    """Keep a task from the public, and take it out of what is public already (R048).

    The release people read now is put out again without the task; it and every older one that holds the task are
    withdrawn. Raises PermissionDenied.
    """
    task = hide_task(task=task, reason=reason, by=by, at=at)
    _lock_releases()
    naming = releases_naming(task)
    if naming:
        latest = latest_release(task.plan)
        instead = _correct(latest, without_task(latest, task.code), by, at) if latest in naming else latest
        _withdraw(naming, instead, reason, by, at)
        transaction.on_commit(forget)
    return task


@transaction.atomic
def amend_indicator(
    *, indicator: Indicator, terms: Terms, rests_on: str, by: User, at: datetime, seen: str | None = None
) -> Passport:
    """Write the next version of a passport; one that keeps its figures from the public takes back what is (R048).

    Of each plan the release people read now is put out again without the indicator; it and every older one that holds
    the indicator are withdrawn. Raises PermissionDenied and ValidationError as `change_passport` does.
    """
    passport = change_passport(indicator=indicator, terms=terms, rests_on=rests_on, by=by, at=at, seen=seen)
    if passport.is_public:
        return passport
    _lock_releases()
    naming = releases_naming_indicator(indicator.code)
    for plan in sorted({release.plan for release in naming}, key=lambda plan: plan.pk):
        held = [release for release in naming if release.plan_id == plan.pk]
        latest = latest_release(plan)
        instead = _correct(latest, without_indicator(latest, indicator.code), by, at) if latest in held else latest
        _withdraw(held, instead, passport.not_public_reason, by, at)
    if naming:
        transaction.on_commit(forget)
    return passport


def _correct(wrong: Release, snapshot: Snapshot, by: User, at: datetime) -> Release:
    """The release again as the snapshot has it, published under the next number."""
    title = wrong.title if wrong.corrects_id else f"{wrong.title} {CORRECTED}"
    release = Release.objects.create(
        plan=wrong.plan,
        title=title,
        corrects=wrong,
        data_as_of=wrong.data_as_of,
        summary=snapshot.summary,
        proposed_by=by,
        proposed_at=at,
    )
    _freeze(release, snapshot)
    return _publish(release, "correct", after(release.status, Act.APPROVE), by, at, corrects=wrong.number)


def _withdraw(releases: list[Release], instead: Release, reason: str, by: User, at: datetime) -> None:
    """Take releases back; their rows and files stay stored as proof, and `instead` is where readers are sent."""
    for release in releases:
        release.status = after(release.status, Act.WITHDRAW)
        release.reason, release.replaced_by, release.withdrawn_at = reason.strip(), instead, at
        release.save(update_fields=["status", "reason", "replaced_by", "withdrawn_at"])
        number, by_number = release.number, instead.number
        _record("withdraw", release, by, at, number=number, replaced_by=by_number, reason=release.reason)


def _publish(release: Release, act: str, status: str, by: User, at: datetime, **detail: object) -> Release:
    """Number, seal and record a frozen release.

    The file is sealed over the log as it stood before; the act itself is the next event, and its hash is what the
    release prints.
    """
    release.status, release.number = status, _next_number()
    sealed = sealed_release(release, number=release.number, head=head(), at=at)
    release.file = store_file(as_bytes(sealed), extension="json", media_type=MEDIA_TYPE, at=at)
    release.seal, release.decided_by, release.decided_at = sealed["seal"], by, at
    told = {"number": release.number, "seal": release.seal, "sha256": release.file.sha256, **detail}
    event = _record(act, release, by, at, **told)
    release.log_seq, release.log_head = event.seq, event.hash
    release.save(update_fields=["status", "number", "file", "seal", "decided_by", "decided_at", "log_seq", "log_head"])
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
    indicators = [PublishedIndicator(release=release, **row) for row in snapshot.indicators]
    PublishedIndicator.objects.bulk_create(indicators, 500)


def _locked(release: Release) -> Release:
    return _lock_releases()[release.pk]


def _lock_releases() -> dict[int, Release]:
    """Every release, all locked: numbers are given one after the other, without a gap."""
    return {row.pk: row for row in Release.objects.select_for_update(of=("self",)).order_by("pk")}


def _require_publishable(release: Release) -> None:
    newer = Release.objects.approved().filter(plan=release.plan_id, data_as_of__gte=release.data_as_of)
    if newer.exists():
        raise IllegalMove(_("Đã công bố số liệu mới hơn đề xuất này; hãy lập đề xuất mới."))
    if names_hidden_indicator(release):
        raise IllegalMove(
            _("Đề xuất này còn nêu chỉ tiêu nay không công khai; hãy không phê duyệt và để cơ quan đầu mối lập lại.")
        )
    if names_hidden_task(release):
        raise IllegalMove(
            _("Đề xuất này còn nêu nhiệm vụ nay không công khai; hãy không phê duyệt và để cơ quan đầu mối lập lại.")
        )


def _next_number() -> int:
    """A number once given is never given again, not even that of a withdrawn release."""
    last: int | None = Release.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _record(act: str, release: Release, by: User, at: datetime, **detail: object) -> Event:
    return record(
        act=f"publication.release.{act}",
        subject=f"publication.release:{release.pk}",
        actor=by.username,
        at=at,
        **detail,
    )
