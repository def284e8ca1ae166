"""Documents come in: a file is read once, its proposals are edited and decided, the accepted ones make a version."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.intake.accepting import Place, content_of
from tiendo.intake.directory import directory_of_units
from tiendo.intake.extraction.reading import printed_lines, read_document
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.proposing import propose
from tiendo.intake.queries import accepted_of, find_import_of
from tiendo.orgs.models import Unit
from tiendo.plans.actions import attach_annex, create_document, create_plan, create_version
from tiendo.plans.files import hash_of, inspect_file
from tiendo.plans.models import Annex, Document, Plan, PlanVersion
from tiendo.plans.storage import store_file

READABLE = frozenset({"txt", "docx"})
FACTS = ("kind", "symbol", "number", "issuer", "place", "title", "signer", "recipients")


@transaction.atomic
def start_import(*, data: bytes, name: str, by: User, at: datetime, annex: Annex | None = None) -> tuple[Import, bool]:
    """Read a file and propose what it says; (the import, whether it is new).

    A file that came in before changes nothing and gives its first import back.
    Raises RefusedFile or Unreadable with a sentence when it cannot be read.
    """
    require(can_import(by))
    if known := find_import_of(hash_of(data)):
        return known, False
    kind = inspect_file(data, name, allowed=READABLE)
    reading = read_document(data, name, directory=directory_of_units())
    stored = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)
    source = Import.objects.create(
        file=stored,
        file_name=name,
        reading=reading,
        lines=printed_lines(data, name),
        annex=annex,
        plan=annex.plan if annex else None,
        uploaded_by=by,
        uploaded_at=at,
    )
    proposals = [
        Proposal(source=source, kind=p.kind, key=p.key, position=place, printed=p.printed, where=p.where, sure=p.sure)
        for place, p in enumerate(propose(reading), 1)
    ]
    Proposal.objects.bulk_create(proposals)
    _record("start", source, by, at, sha256=stored.sha256, file_name=name, proposals=len(proposals))
    return source, True


@transaction.atomic
def edit_proposal(*, proposal: Proposal, edited: dict[str, Any], by: User, at: datetime) -> Proposal:
    """Keep what a person made of a proposal beside what was printed; the edit accepts it."""
    source = _open(proposal.source)
    require(can_import(by))
    proposal.edited = edited
    _set_decision(proposal, Proposal.Decision.ACCEPTED, by=by, at=at)
    proposal.save(update_fields=["edited", "decision", "decided_by", "decided_at"])
    _record("edit", source, by, at, proposal=proposal.pk, key=proposal.key)
    return proposal


@transaction.atomic
def decide_proposals(*, source: Import, proposals: QuerySet[Proposal], decision: str, by: User, at: datetime) -> int:
    """Accept or leave out some proposals (or put them back to pending); how many changed."""
    source = _open(source)
    require(can_import(by))
    changing = proposals.filter(source=source).exclude(decision=decision)
    keys = list(changing.values_list("kind", "key"))
    pending = decision == Proposal.Decision.PENDING
    count = changing.update(decision=decision, decided_by=None if pending else by, decided_at=None if pending else at)
    if count:
        _record("decide", source, by, at, decision=decision, proposals=[f"{kind}:{key}" for kind, key in keys])
    return count


@transaction.atomic
def accept_import(
    *,
    source: Import,
    take_pending: bool,
    by: User,
    at: datetime,
    code: str = "",
    title: str = "",
    owner: Unit | None = None,
    in_force_from: date | None = None,
) -> PlanVersion:
    """Make the accepted proposals a plan version: a new plan (`code`, `title`, `owner`) or the annex's plan.

    `take_pending` accepts what nobody decided; otherwise it is left out, and that is recorded too.
    """
    source = _open(source)
    require(can_import(by))
    decision = Proposal.Decision.ACCEPTED if take_pending else Proposal.Decision.REJECTED
    source.proposals.filter(decision=Proposal.Decision.PENDING).update(decision=decision, decided_by=by, decided_at=at)
    plan = source.plan or _new_plan(code, title, owner, by=by, at=at)
    document = _document(source, by=by, at=at)
    place = _place(source.annex)
    known_groups = dict(plan.groups.values_list("code", "title"))
    content = content_of(accepted_of(source), known_groups, place)
    start = in_force_from or document.issued_on or localdate(at)
    version = create_version(plan=plan, document=document, content=content, in_force_from=start, by=by, at=at)
    if source.annex:
        attach_annex(annex=source.annex, document=document, by=by, at=at)
    source.plan, source.version, source.status = plan, version, Import.Status.ACCEPTED
    source.decided_by, source.decided_at = by, at
    source.save()
    taken = source.proposals.filter(decision=Proposal.Decision.ACCEPTED).count()
    _record("accept", source, by, at, plan=plan.code, version=version.number, taken=taken)
    return version


@transaction.atomic
def discard_import(*, source: Import, reason: str, by: User, at: datetime) -> Import:
    """Put an import aside without using it; the same file may then come in again."""
    source = _open(source)
    require(can_import(by))
    if not reason.strip():
        require(no(_("Hãy ghi lý do bỏ lần nhập này.")))
    source.status, source.decided_by, source.decided_at = Import.Status.DISCARDED, by, at
    source.save(update_fields=["status", "decided_by", "decided_at"])
    _record("discard", source, by, at, reason=reason)
    return source


def _open(source: Import) -> Import:
    """The locked import, still waiting. Refused with a reason once it was accepted or discarded."""
    source = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if source.status != Import.Status.PROPOSED:
        require(no(_("Lần nhập này đã kết thúc; không còn thay đổi được.")))
    return source


def _new_plan(code: str, title: str, owner: Unit | None, *, by: User, at: datetime) -> Plan:
    if not (code and title and owner):
        require(no(_("Hãy cho biết mã, tên kế hoạch và cơ quan ban hành.")))
    assert owner is not None
    return create_plan(code=code, title=title, owner=owner, by=by, at=at)


def _document(source: Import, *, by: User, at: datetime) -> Document:
    proposal = source.proposals.get(kind=Proposal.Kind.DOCUMENT)
    given = proposal.edited or proposal.printed
    facts = {name: given.get(name) for name in FACTS}
    facts["signer"], facts["recipients"] = facts["signer"] or {}, facts["recipients"] or []
    facts["issued_on"] = date.fromisoformat(given["issued_on"]) if given.get("issued_on") else None
    return create_document(file=source.file, file_name=source.file_name, facts=facts, lines=source.lines, by=by, at=at)


def _place(annex: Annex | None) -> Place:
    """Rows of an annex stand under its label; rows of tables in the plan itself under a branch of their own."""
    if annex is None:
        return Place("PL", _("Bảng kèm theo"))
    announced = annex.plan.version.items.filter(path__in=annex.mentioned_in, kind="annex_reference").first()
    label = annex.label.removeprefix("Phụ lục").strip()
    return Place(f"PL-{label}" if label else "PL", annex.label, announced.path if announced else None)


def _set_decision(proposal: Proposal, decision: str, *, by: User, at: datetime) -> None:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, at


def _record(verb: str, source: Import, by: User, at: datetime, **detail: Any) -> None:
    record(act=f"intake.import.{verb}", subject=f"intake.import:{source.pk}", actor=by.username, at=at, **detail)
