"""The accepted proposals become a plan version: the first, or the next."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.intake.actions.asking import tell_accepted
from tiendo.intake.actions.mandates import keep_mandates
from tiendo.intake.actions.versions import Given, amend, begin, tie
from tiendo.intake.actions.waiting import ACCEPTED, REJECTED, lock_open, set_decision, write_act
from tiendo.intake.choosing import Offered, choose, nameless
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_accept
from tiendo.intake.queries import offer_of
from tiendo.orgs.models import Unit
from tiendo.plans.actions import attach_annex, create_plan
from tiendo.plans.actions.versions import keep_document
from tiendo.plans.models import Annex, Document, Plan, PlanVersion

FACTS = ("kind", "symbol", "number", "issuer", "place", "title", "signer", "recipients")


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
    under: Plan | None = None,
    in_force_from: date | None = None,
    basis: str = "",
    leave_open: bool = False,
) -> PlanVersion:
    """Make the accepted proposals a plan version: a new plan (`code`, `title`, `owner`; `under`
    the plan it carries out, if any) or the next of the import's.

    `take_pending` accepts what nobody decided (but that a thing falls away); otherwise it is left out, and that is
    recorded too, unless `leave_open` keeps it undecided for a person to come back to. `basis` names the paper on which
    a workbook's changes rest: a workbook is no paper itself.
    Raises ValidationError when the plan's code cannot be used.
    """
    source = lock_open(source)
    require(can_accept(by, source))
    _require_latest(source)
    _require_basis(source, basis)
    chosen = _choose(source, take_pending=take_pending, leave_open=leave_open, by=by, at=at)
    annex = _annex(source)
    plan = source.plan or _new_plan(source, code, title, owner, under, by=by, at=at)
    document = _document(source, basis, by=by, at=at)
    start = in_force_from or start_of(source, document.issued_on, on=localdate(at))
    given = Given(plan, document, start, basis or gettext_noop("theo %(document)s") % {"document": document}, by, at)
    made = amend(source, chosen, given) if source.base else begin(source, chosen, given)
    if annex:
        attach_annex(annex=annex, document=document, by=by, at=at)
    tie(source, made, given)
    keep_mandates(source, made, given)
    source.plan, source.version, source.status = plan, made.version, Import.Status.ACCEPTED
    source.decided_by, source.decided_at = by, at
    source.save(update_fields=["plan", "version", "status", "decided_by", "decided_at"])
    write_act("accept", source, by, at, plan=plan.code, version=made.version.number, taken=len(chosen))
    tell_accepted(source, by=by, at=at)
    return made.version


def _require_latest(source: Import) -> None:
    """What was compared with one version must not be laid over another."""
    if source.base and source.base.plan.version != source.base:
        require(no(_("Kế hoạch đã có phiên bản mới hơn phiên bản đã so sánh; hãy so sánh lại rồi xem khác biệt.")))


def _require_basis(source: Import, basis: str) -> None:
    if source.form == Import.Form.WORKBOOK and not basis.strip():
        require(no(_("Hãy ghi căn cứ: số văn bản hoặc ý kiến chỉ đạo cho các thay đổi trong bảng tính.")))


def _annex(source: Import) -> Annex | None:
    """The annex, locked. One that the file was to fill must still be without its document."""
    if source.annex is None:
        return None
    annex = Annex.objects.select_for_update(of=("self",)).select_related("plan").get(pk=source.annex.pk)
    if annex.document_id and not source.base:
        require(no(_("Phụ lục này đã được đính kèm từ một tệp khác; hãy bỏ lần nhập này.")))
    return annex


def start_of(source: Import, issued_on: date | None, *, on: date) -> date:
    """From when the version counts: the paper's own day; a change does not reach back before what it changes."""
    if issued_on and not (source.base and issued_on <= source.base.in_force_from):
        return issued_on
    return on


def _choose(source: Import, *, take_pending: bool, leave_open: bool, by: User, at: datetime) -> list[Offered]:
    """What is taken; every proposal then carries a decision. Refused while something taken has no name."""
    offered = {(row.kind, row.key): row for row in source.proposals.all()}
    chosen = choose(map(offer_of, offered.values()), take_pending=take_pending)
    if unnamed := nameless(chosen):
        require(no(_("Chưa có tên: %(rows)s. Hãy sửa hoặc bỏ các dòng này.") % {"rows": ", ".join(unnamed)}))
    taken = {offered[each.kind, each.key].pk for each in chosen}
    accepted, rejected = ACCEPTED, REJECTED
    newly = [row.pk for row in offered.values() if row.pk in taken and row.decision != accepted]
    settled = {rejected, Proposal.Decision.PENDING} if leave_open else {rejected}
    left = [row.pk for row in offered.values() if row.pk not in taken and row.decision not in settled]
    set_decision(newly, accepted, by=by, at=at)
    set_decision(left, rejected, by=by, at=at)
    return chosen


def _new_plan(
    source: Import, code: str, title: str, owner: Unit | None, under: Plan | None, *, by: User, at: datetime
) -> Plan:
    if not (code and title and owner):
        require(no(_("Hãy cho biết mã, tên kế hoạch và cơ quan ban hành.")))
    assert owner is not None
    if source.unit_id is not None and (under is None or owner.pk != source.unit_id):
        require(no(_("Kế hoạch của đơn vị do chính đơn vị ban hành, thực hiện một kế hoạch của tỉnh.")))
    return create_plan(code=code, title=title, owner=owner, under=under, by=by, at=at)


def _document(source: Import, basis: str, *, by: User, at: datetime) -> Document:
    """What the file says of itself; of a workbook, the paper its changes rest on."""
    found = source.proposals.filter(kind=Proposal.Kind.DOCUMENT).first()
    given = found.value if found else {}
    facts = {name: given.get(name) for name in FACTS}
    facts["title"] = facts["title"] or (basis if source.form == Import.Form.WORKBOOK else None)
    facts["signer"], facts["recipients"] = facts["signer"] or {}, facts["recipients"] or []
    facts["issued_on"] = date.fromisoformat(given["issued_on"]) if given.get("issued_on") else None
    return keep_document(file=source.file, file_name=source.file_name, facts=facts, lines=source.lines, by=by, at=at)
