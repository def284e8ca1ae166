"""A person gives proposals another shape: one into several, several into one, and back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.intake.actions.waiting import (
    ACCEPTED,
    PENDING,
    REJECTED,
    lock_open,
    lock_proposals,
    set_decision,
    write_act,
)
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.queries import shaped_away
from tiendo.intake.shaping import differing, is_part, joined, part_keys, part_value, where_of

SHAPED = (Proposal.Kind.TASK, Proposal.Kind.INDICATOR)


@transaction.atomic
def split_proposal(*, proposal: Proposal, parts: Sequence[Mapping[str, Any]], by: User, at: datetime) -> list[Proposal]:
    """Cut one task into several; the parts, accepted, in the order given.

    Each part gives the fields that are its own (title, description, product, due, lead, coordinating, group, number,
    notes); the rest is the whole's. The whole keeps its printed text and is left out while its parts stand.
    Raises ValueError for a field that a task does not have.
    """
    source = lock_open(proposal.source)
    require(can_import(by, source))
    (proposal,) = lock_proposals(source, [proposal.pk])
    _refuse_unshapable(source, [proposal])
    if len(parts) < 2:
        require(no(_("Hãy tách thành ít nhất hai dòng.")))
    values = [part_value(proposal.value, part) for part in parts]
    if not all(_named(value) for value in values):
        require(no(_("Mỗi dòng tách ra phải có tên.")))
    made = [_part(proposal, key, value, by, at) for key, value in zip(part_keys(proposal.key), values, strict=False)]
    if proposal.current_ref:  # the task the plan has goes on as the first part
        made[0].change, made[0].current, made[0].current_ref = (
            Proposal.Change.CHANGED,
            proposal.current,
            proposal.current_ref,
        )
    Proposal.objects.bulk_create(made)
    set_decision([proposal.pk], REJECTED, by=by, at=at)
    write_act("split", source, by, at, kind=proposal.kind, key=proposal.key, parts=[part.key for part in made])
    return made


@transaction.atomic
def merge_proposals(*, proposals: Sequence[Proposal], by: User, at: datetime) -> Proposal:
    """Join the rows of one task into the first of them in reading order, cell by cell; the first, accepted.

    The others keep their printed text and are left out while the first stands for them. Where the rows say different
    things (two deadlines, two leads) the joined row is unsure, and its card says why.
    """
    if len({each.pk for each in proposals}) < 2:
        require(no(_("Hãy chọn ít nhất hai dòng để gộp.")))
    source = lock_open(proposals[0].source)
    require(can_import(by, source))
    rows = lock_proposals(source, [each.pk for each in proposals])
    if len(rows) < len({each.pk for each in proposals}) or len({row.kind for row in rows}) > 1:
        require(no(_("Chỉ gộp được các dòng cùng loại của cùng một tệp.")))
    _refuse_unshapable(source, rows)
    first, *others = rows
    clash = differing([row.value for row in rows])
    first.unshaped = {"edited": first.edited, "where": first.where, "sure": first.sure, "differing": clash}
    first.edited, first.where = joined([row.value for row in rows]), where_of([row.where for row in rows])
    first.sure = not clash and all(row.sure for row in rows)
    first.made_from = [row.key for row in others]
    first.decision, first.decided_by, first.decided_at = ACCEPTED, by, at
    first.save(
        update_fields=["unshaped", "edited", "made_from", "where", "sure", "decision", "decided_by", "decided_at"]
    )
    set_decision([row.pk for row in others], REJECTED, by=by, at=at)
    write_act("merge", source, by, at, kind=first.kind, key=first.key, joined=first.made_from)
    return first


@transaction.atomic
def undo_shaping(*, proposal: Proposal, by: User, at: datetime) -> list[Proposal]:
    """Take a split or a join back, from any of the rows it concerns; the rows as they were, undecided again."""
    source = lock_open(proposal.source)
    require(can_import(by, source))
    proposal = Proposal.objects.get(pk=proposal.pk)
    made = source.proposals.filter(kind=proposal.kind).exclude(made_from=[])
    shaped = next((each for each in made if proposal.key in (each.key, *each.made_from)), None)
    if shaped is None:
        require(no(_("Dòng này không được tách hay gộp.")))
    assert shaped is not None
    before = [*shaped.made_from, *([] if is_part(shaped.key, shaped.made_from) else [shaped.key])]
    if is_part(shaped.key, shaped.made_from):
        _drop_parts(source, shaped)
    else:
        _unmerge(shaped)
    rows = list(source.proposals.filter(kind=shaped.kind, key__in=before))
    set_decision([row.pk for row in rows], PENDING, by=by, at=at)
    write_act("unshape", source, by, at, kind=shaped.kind, keys=before)
    return list(source.proposals.filter(pk__in=[row.pk for row in rows]))


def _part(whole: Proposal, key: str, value: dict[str, Any], by: User, at: datetime) -> Proposal:
    """Beside the whole in reading order; what it was printed as stays the whole's print."""
    return Proposal(
        source=whole.source,
        kind=whole.kind,
        key=key,
        position=whole.position,
        printed=whole.printed,
        edited=value if value != whole.printed else None,
        change=Proposal.Change.ADDED if whole.change else "",
        where=whole.where,
        links=whole.links,
        made_from=[whole.key],
        sure=whole.sure,
        decision=ACCEPTED,
        decided_by=by,
        decided_at=at,
    )


def _refuse_unshapable(source: Import, rows: Sequence[Proposal]) -> None:
    """Only tasks and indicators have rows to cut and join, and each only once, so that there is one way back."""
    if any(row.kind not in SHAPED for row in rows):
        require(no(_("Chỉ tách, gộp được nhiệm vụ và chỉ tiêu.")))
    away = shaped_away(source)
    if any(row.made_from or (row.kind, row.key) in away for row in rows):
        require(no(_("Dòng này đã được tách hoặc gộp; hãy hoàn tác việc đó trước.")))
    if any(row.change == Proposal.Change.REMOVED for row in rows):
        require(no(_("Dòng này không còn trong tệp mới; không tách hay gộp được.")))


def _named(value: Mapping[str, Any]) -> bool:
    return bool(str(value.get("title") or value.get("name") or "").strip())


def _drop_parts(source: Import, part: Proposal) -> None:
    source.proposals.filter(kind=part.kind, made_from=part.made_from).delete()


def _unmerge(first: Proposal) -> None:
    before = first.unshaped or {}
    first.edited, first.where, first.unshaped, first.made_from = before["edited"], before["where"], None, []
    first.sure = before.get("sure", first.sure)
    first.save(update_fields=["edited", "unshaped", "made_from", "where", "sure"])
