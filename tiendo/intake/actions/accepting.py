"""The accepted proposals become a plan version: the first, or the next."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.intake.accepting import content_of
from tiendo.intake.actions.waiting import ACCEPTED, REJECTED, lock_open, set_decision, write_act
from tiendo.intake.choosing import Offered, choose, nameless
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.queries import attached_as, known_to, offer_of
from tiendo.orgs.models import Unit
from tiendo.plans.actions import attach_annex, create_document, create_plan, create_version
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
    in_force_from: date | None = None,
) -> PlanVersion:
    """Make the accepted proposals a plan version: a new plan (`code`, `title`, `owner`) or the annex's plan.

    `take_pending` accepts what nobody decided; otherwise it is left out, and that is recorded too.
    Raises ValidationError when the plan's code cannot be used.
    """
    source = lock_open(source)
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
    write_act("accept", source, by, at, plan=plan.code, version=version.number, taken=len(chosen))
    return version


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
    accepted, rejected = ACCEPTED, REJECTED
    newly = [row.pk for row in offered.values() if row.pk in taken and row.decision != accepted]
    left = [row.pk for row in offered.values() if row.pk not in taken and row.decision != rejected]
    set_decision(newly, accepted, by=by, at=at)
    set_decision(left, rejected, by=by, at=at)
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
