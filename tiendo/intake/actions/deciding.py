"""A person mends and decides what was read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.intake.actions.asking import tell_left
from tiendo.intake.actions.waiting import (
    ACCEPTED,
    PENDING,
    REJECTED,
    lock_open,
    lock_proposals,
    set_decision,
    write_act,
)
from tiendo.intake.learning import relearned
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.queries import link_choices, shaped_away
from tiendo.orgs.actions import learn_alias
from tiendo.orgs.models import Unit


class Conflict(Exception):
    """Somebody changed the proposal after this page was opened; nothing was written. `proposal` is as it is now."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(_("Người khác vừa sửa dòng này sau khi bạn mở; chưa lưu gì."))
        self.proposal = proposal


@transaction.atomic
def edit_proposal(
    *,
    proposal: Proposal,
    edited: dict[str, Any],
    by: User,
    at: datetime,
    learned: Mapping[str, Unit] | None = None,
    seen: str | None = None,
) -> Proposal:
    """Keep what a person made of a proposal beside what was printed; the edit accepts it.

    `learned` are printed names and the units they mean: the next document that prints them is read with them, and so
    are the other proposals of this import that nobody decided. `seen` is the fingerprint the edit began with: raises
    Conflict, and writes nothing, when the proposal says something else by now.
    """
    source = lock_open(proposal.source)
    require(can_import(by, source))
    (proposal,) = lock_proposals(source, [proposal.pk])
    _refuse_shaped_away(source, [proposal])
    if seen is not None and seen != proposal.fingerprint:
        raise Conflict(proposal)
    proposal.edited = edited if edited != proposal.printed else None
    proposal.decision, proposal.decided_by, proposal.decided_at = ACCEPTED, by, at
    proposal.save(update_fields=["edited", "decision", "decided_by", "decided_at"])
    write_act("edit", source, by, at, kind=proposal.kind, key=proposal.key, value=proposal.edited)
    if learned:
        _learn(source, learned, by=by, at=at)
    return proposal


@transaction.atomic
def decide_proposals(*, source: Import, proposals: QuerySet[Proposal], decision: str, by: User, at: datetime) -> int:
    """Accept or leave out some proposals (or put them back to pending); how many changed.

    The facts of the document say what the file is: they are mended, never left out. A proposal that was split or
    joined into others stays left out until that is undone.
    """
    source = lock_open(source)
    require(can_import(by, source))
    changing = proposals.filter(source=source).exclude(decision=decision)
    if decision == REJECTED:
        changing = changing.exclude(kind=Proposal.Kind.DOCUMENT)
    return _decide(source, changing, decision, by=by, at=at)


@transaction.atomic
def decide_sure(*, source: Import, kind: str, by: User, at: datetime) -> int:
    """Accept every undecided proposal of a kind that the reader is sure of; how many.

    What the new file no longer has is never among them: that a thing falls away, a person says one by one.
    """
    source = lock_open(source)
    require(can_import(by, source))
    sure = source.proposals.filter(kind=kind, sure=True, decision=PENDING).exclude(change=Proposal.Change.REMOVED)
    return _decide(source, sure, ACCEPTED, by=by, at=at)


@transaction.atomic
def link_indicators(*, proposal: Proposal, keys: Sequence[str], by: User, at: datetime) -> Proposal:
    """The indicators a task serves: keys of this import's indicators, or paths of those the plan has already.

    The keys given take the place of those before. Raises ValueError for a key that names no indicator.
    """
    source = lock_open(proposal.source)
    require(can_import(by, source))
    (proposal,) = lock_proposals(source, [proposal.pk])
    if proposal.kind != Proposal.Kind.TASK:
        raise ValueError(f"a {proposal.kind} is not linked to indicators")
    if unknown := set(keys) - set(link_choices(source)):
        raise ValueError(f"no indicators: {sorted(unknown)}")
    was, proposal.links = proposal.links, list(dict.fromkeys(keys))
    proposal.save(update_fields=["links"])
    if was != proposal.links:
        write_act("link", source, by, at, key=proposal.key, was=", ".join(was), now=", ".join(proposal.links))
    return proposal


@transaction.atomic
def decide_twin(*, proposal: Proposal, ref: str, same: bool, by: User, at: datetime) -> Proposal:
    """Say of one likely twin whether it is the same task: the code of a task, or the key of another proposal here.

    The others stay as they were. Raises ValueError for a name that was not suggested.
    """
    source = lock_open(proposal.source)
    require(can_import(by, source))
    (proposal,) = lock_proposals(source, [proposal.pk])
    place = next((n for n, twin in enumerate(proposal.twins) if ref in (twin["task"], twin["proposal"])), None)
    if place is None:
        raise ValueError(f"no likely twin: {ref}")
    if proposal.twins[place].get("confirmed") is not same:
        proposal.twins = [twin | {"confirmed": same} if n == place else twin for n, twin in enumerate(proposal.twins)]
        proposal.save(update_fields=["twins"])
        write_act("twins", source, by, at, key=proposal.key, twin=ref, same=same)
    return proposal


@transaction.atomic
def discard_import(*, source: Import, reason: str, by: User, at: datetime) -> Import:
    """Put an import aside without using it; the same file may then come in again.

    Also one that is still being read, or could not be read.
    """
    source = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if source.status in (Import.Status.ACCEPTED, Import.Status.DISCARDED):
        require(no(_("Lần nhập này đã kết thúc; không còn thay đổi được.")))
    require(can_import(by, source))
    if not reason.strip():
        require(no(_("Hãy ghi lý do bỏ lần nhập này.")))
    source.status, source.decided_by, source.decided_at = Import.Status.DISCARDED, by, at
    source.save(update_fields=["status", "decided_by", "decided_at"])
    write_act("discard", source, by, at, reason=reason)
    tell_left(source, reason=reason.strip(), by=by, at=at)
    return source


def _decide(source: Import, changing: QuerySet[Proposal], decision: str, *, by: User, at: datetime) -> int:
    away = shaped_away(source)
    rows = [row for row in changing.order_by("position", "pk") if (row.kind, row.key) not in away]
    set_decision([row.pk for row in rows], decision, by=by, at=at)
    if rows:
        write_act("decide", source, by, at, decision=decision, proposals=[f"{row.kind}:{row.key}" for row in rows])
    return len(rows)


def _refuse_shaped_away(source: Import, proposals: Iterable[Proposal]) -> None:
    away = shaped_away(source)
    if any((each.kind, each.key) in away for each in proposals):
        require(no(_("Dòng này đã được tách hoặc gộp thành dòng khác; hãy hoàn tác việc đó trước.")))


def _learn(source: Import, learned: Mapping[str, Unit], *, by: User, at: datetime) -> None:
    """Keep the names for the documents to come and read them anew in what nobody decided yet."""
    for text, unit in learned.items() if can_import(by) else ():  # a unit teaches the house no names
        learn_alias(unit=unit, text=text, by=by.username, at=at)
    codes = {text: unit.code for text, unit in learned.items()}
    waiting = source.proposals.filter(decision=PENDING, kind__in=[Proposal.Kind.TASK, Proposal.Kind.INDICATOR])
    changed = [each for each in waiting.select_for_update(of=("self",)) if _relearn(each, codes)]
    Proposal.objects.bulk_update(changed, ["edited", "sure"], batch_size=200)
    if changed:
        write_act("relearn", source, by, at, keys=[each.key for each in changed], names=codes)


def _relearn(proposal: Proposal, codes: Mapping[str, str]) -> bool:
    """Put the units now known into the proposal; whether anything changed. It stays undecided."""
    again = relearned(proposal.value, codes)
    if again is None:
        return False
    proposal.edited = again.value if again.value != proposal.printed else None
    proposal.sure = proposal.sure or again.clears
    return True
