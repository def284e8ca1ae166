"""Documents come in: a file is read once, its proposals are edited and decided, the accepted ones make a version."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.intake.accepting import content_of
from tiendo.intake.choosing import Offered, choose, nameless
from tiendo.intake.directory import directory_of_units
from tiendo.intake.extraction.reading import printed_lines, read_document
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.proposing import propose
from tiendo.intake.queries import attached_as, find_import_of, known_to, offer_of
from tiendo.orgs.actions import learn_alias
from tiendo.orgs.models import Unit
from tiendo.plans.actions import attach_annex, create_document, create_plan, create_version
from tiendo.plans.files import FileKind, hash_of, inspect_file
from tiendo.plans.models import Annex, Document, Plan, PlanVersion, StoredFile
from tiendo.plans.storage import store_file

READABLE = frozenset({"txt", "docx"})
FACTS = ("kind", "symbol", "number", "issuer", "place", "title", "signer", "recipients")


def start_import(*, data: bytes, name: str, by: User, at: datetime, annex: Annex | None = None) -> tuple[Import, bool]:
    """Read a file and propose what it says; (the import, whether it is new).

    Reading a long annex takes seconds, so it happens before the transaction: the database's one writer waits for
    nobody's file. A file that came in before changes nothing and gives its first import back.
    Raises RefusedFile or Unreadable with a sentence when it cannot be read.
    """
    require(can_import(by))
    if known := find_import_of(hash_of(data)):
        return known, False
    if annex and annex.document_id:
        require(no(_("Phụ lục này đã có trong hệ thống; hãy chọn phụ lục còn thiếu.")))
    kind = inspect_file(data, name, allowed=READABLE)
    read = read_document(data, name, directory=directory_of_units()), printed_lines(data, name)
    return _keep(data, name, kind, *read, annex=annex, by=by, at=at)


@transaction.atomic
def _keep(
    data: bytes,
    name: str,
    kind: FileKind,
    reading: dict[str, Any],
    lines: list[str],
    *,
    annex: Annex | None,
    by: User,
    at: datetime,
) -> tuple[Import, bool]:
    """The file and what was read in it; the same file that came in meanwhile is not kept twice."""
    stored = _lock_file(store_file(data, extension=kind.extension, media_type=kind.media_type, at=at))
    if known := find_import_of(stored.sha256):
        return known, False
    source = Import.objects.create(
        file=stored,
        file_name=name,
        reading=reading,
        lines=lines,
        annex=annex,
        plan=annex.plan if annex else None,
        uploaded_by=by,
        uploaded_at=at,
    )
    proposals = _create_proposals(source)
    _record("start", source, by, at, sha256=stored.sha256, file_name=name, proposals=proposals)
    return source, True


@transaction.atomic
def edit_proposal(
    *,
    proposal: Proposal,
    edited: dict[str, Any],
    by: User,
    at: datetime,
    learned: Mapping[str, Unit] | None = None,
) -> Proposal:
    """Keep what a person made of a proposal beside what was printed; the edit accepts it.

    `learned` are printed names and the units they mean: the next document that prints them is read with them.
    """
    source = _open(proposal.source)
    require(can_import(by))
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    proposal.edited = edited if edited != proposal.printed else None
    proposal.decision, proposal.decided_by, proposal.decided_at = Proposal.Decision.ACCEPTED, by, at
    proposal.save(update_fields=["edited", "decision", "decided_by", "decided_at"])
    for text, unit in (learned or {}).items():
        learn_alias(unit=unit, text=text, by=by.username, at=at)
    _record("edit", source, by, at, kind=proposal.kind, key=proposal.key, value=proposal.edited)
    return proposal


@transaction.atomic
def decide_proposals(*, source: Import, proposals: QuerySet[Proposal], decision: str, by: User, at: datetime) -> int:
    """Accept or leave out some proposals (or put them back to pending); how many changed.

    The facts of the document say what the file is: they are mended, never left out.
    """
    source = _open(source)
    require(can_import(by))
    changing = proposals.filter(source=source).exclude(decision=decision)
    if decision == Proposal.Decision.REJECTED:
        changing = changing.exclude(kind=Proposal.Kind.DOCUMENT)
    rows = list(changing.order_by("position").values_list("pk", "kind", "key"))
    _set_decision([pk for pk, _kind, _key in rows], decision, by=by, at=at)
    if rows:
        keys = [f"{kind}:{key}" for _pk, kind, key in rows]
        _record("decide", source, by, at, decision=decision, proposals=keys)
    return len(rows)


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
    Raises ValidationError when the plan's code cannot be used.
    """
    source = _open(source)
    require(can_import(by))
    annex = _missing(source.annex)
    chosen = _choose(source, take_pending=take_pending, by=by, at=at)
    plan = source.plan or _new_plan(code, title, owner, by=by, at=at)
    document = _document(source, by=by, at=at)
    content = content_of(chosen, known_to(plan, source), attached_as(annex))
    start = in_force_from or document.issued_on or localdate(at)
    version = create_version(plan=plan, document=document, content=content, in_force_from=start, by=by, at=at)
    if annex:
        attach_annex(annex=annex, document=document, by=by, at=at)
    source.plan, source.version, source.status = plan, version, Import.Status.ACCEPTED
    source.decided_by, source.decided_at = by, at
    source.save(update_fields=["plan", "version", "status", "decided_by", "decided_at"])
    _record("accept", source, by, at, plan=plan.code, version=version.number, taken=len(chosen))
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


def _lock_file(stored: StoredFile) -> StoredFile:
    """Two uploads of one file at the same moment come in one after the other."""
    return StoredFile.objects.select_for_update().get(pk=stored.pk)


def _create_proposals(source: Import) -> int:
    found = propose(source.reading)
    Proposal.objects.bulk_create(
        Proposal(source=source, kind=p.kind, key=p.key, position=place, printed=p.printed, where=p.where, sure=p.sure)
        for place, p in enumerate(found, 1)
    )
    return len(found)


def _set_decision(pks: list[int], decision: str, *, by: User, at: datetime) -> None:
    pending = decision == Proposal.Decision.PENDING
    Proposal.objects.filter(pk__in=pks).update(
        decision=decision, decided_by=None if pending else by, decided_at=None if pending else at
    )


def _missing(annex: Annex | None) -> Annex | None:
    """The placeholder, locked, still without its document."""
    if annex is None:
        return None
    annex = Annex.objects.select_for_update(of=("self",)).select_related("plan").get(pk=annex.pk)
    if annex.document_id:
        require(no(_("Phụ lục này đã được đính kèm từ một tệp khác; hãy bỏ lần nhập này.")))
    return annex


def _choose(source: Import, *, take_pending: bool, by: User, at: datetime) -> list[Offered]:
    """What is taken; every proposal then carries a decision. Refused while something taken has no name."""
    offered = {(row.kind, row.key): row for row in source.proposals.all()}
    chosen = choose(map(offer_of, offered.values()), take_pending=take_pending)
    if unnamed := nameless(chosen):
        require(no(_("Chưa có tên: %(rows)s. Hãy sửa hoặc bỏ các dòng này.") % {"rows": ", ".join(unnamed)}))
    taken = {offered[each.kind, each.key].pk for each in chosen}
    accepted, rejected = Proposal.Decision.ACCEPTED, Proposal.Decision.REJECTED
    newly = [row.pk for row in offered.values() if row.pk in taken and row.decision != accepted]
    left = [row.pk for row in offered.values() if row.pk not in taken and row.decision != rejected]
    _set_decision(newly, accepted, by=by, at=at)
    _set_decision(left, rejected, by=by, at=at)
    return chosen


def _new_plan(code: str, title: str, owner: Unit | None, *, by: User, at: datetime) -> Plan:
    if not (code and title and owner):
        require(no(_("Hãy cho biết mã, tên kế hoạch và cơ quan ban hành.")))
    assert owner is not None
    return create_plan(code=code, title=title, owner=owner, by=by, at=at)


def _document(source: Import, *, by: User, at: datetime) -> Document:
    given = source.proposals.get(kind=Proposal.Kind.DOCUMENT).value
    facts = {name: given.get(name) for name in FACTS}
    facts["signer"], facts["recipients"] = facts["signer"] or {}, facts["recipients"] or []
    facts["issued_on"] = date.fromisoformat(given["issued_on"]) if given.get("issued_on") else None
    return create_document(file=source.file, file_name=source.file_name, facts=facts, lines=source.lines, by=by, at=at)


def _record(verb: str, source: Import, by: User, at: datetime, **detail: Any) -> None:
    record(act=f"intake.import.{verb}", subject=f"intake.import:{source.pk}", actor=by.username, at=at, **detail)
