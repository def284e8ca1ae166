"""A plan moved on while a changed file of it waited: the file is compared with what the plan says now."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.intake.actions.keeping import add_proposals, decision_on
from tiendo.intake.actions.waiting import lock_open, write_act
from tiendo.intake.actions.workbooks import compare_workbook
from tiendo.intake.finding import beside
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.proposing import Proposed
from tiendo.intake.shaping import is_part
from tiendo.plans.models import PlanVersion

COMPARED = ("change", "current", "current_ref", "decision", "sure")


@transaction.atomic
def compare_again(*, source: Import, by: User, at: datetime) -> Import:
    """Compare a file's proposals with the plan's latest version.

    What a person made of the proposals stays, and what was decided, where the file still says something else than the
    plan; whether a thing falls away is asked anew.
    """
    source = lock_open(source)
    require(can_import(by, source))
    if source.base is None:
        require(no(_("Lần nhập này không so sánh với phiên bản nào của kế hoạch.")))
    assert source.base is not None
    base = source.base.plan.version
    if source.form == Import.Form.WORKBOOK:
        compare_workbook(source, base)
    else:
        source.proposals.filter(change=Proposal.Change.REMOVED).delete()
        _compare(source, base)
    source.base = base
    source.save(update_fields=["base"])
    write_act("compare", source, by, at, version=base.number)
    return source


def _compare(source: Import, base: PlanVersion) -> None:
    rows = {(row.kind, row.key): row for row in source.proposals.all()}
    wholes = [row for row in rows.values() if not is_part(row.key, row.made_from)]
    read = [Proposed(row.kind, row.key, row.printed, row.where, row.sure) for row in wholes]
    found = beside(read, base, source.annex, source.file.sha256)
    there = {(each.kind, each.current_ref) for each in found if each.current_ref}
    for each in found:
        if row := rows.get((each.kind, each.key)):
            _lay_over(row, each, is_out=bool(row.current_ref) and (row.kind, row.current_ref) not in there)
    for row in rows.values():
        if is_part(row.key, row.made_from):
            _follow_whole(row, rows[row.kind, row.made_from[0]])
    Proposal.objects.bulk_update(rows.values(), COMPARED, batch_size=200)
    last = source.proposals.aggregate(last=Max("position"))["last"] or 0
    add_proposals(source, [each for each in found if (each.kind, each.key) not in rows], after=last)


def _lay_over(row: Proposal, each: Proposed, *, is_out: bool) -> None:
    """`is_out`: the plan had the thing when the file came in, and was rid of it since; it is not offered as new."""
    stays = row.decided_by_id is not None and each.change == row.change
    row.change, row.current, row.current_ref, row.sure = each.change, each.current, each.current_ref, each.sure
    if is_out and each.change == Proposal.Change.ADDED:
        row.decision = Proposal.Decision.REJECTED
    elif not stays and row.edited is None and not row.made_from:
        row.decision = decision_on(each)


def _follow_whole(part: Proposal, whole: Proposal) -> None:
    """The first part goes on as the task that the whole was compared with; the others are new."""
    if part.current_ref and whole.current_ref:
        part.current, part.current_ref = whole.current, whole.current_ref
    elif part.current_ref:
        part.change, part.current, part.current_ref = Proposal.Change.ADDED, None, ""
