"""Reads about imports and their proposals."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tiendo.accounts.models import User
from tiendo.intake.accepting import Attached, Known
from tiendo.intake.amending import text_of
from tiendo.intake.choosing import Offered, choose
from tiendo.intake.likening import Elsewhere
from tiendo.intake.models import Import, ImportQuerySet, Proposal
from tiendo.intake.proposing import task_sections
from tiendo.plans.models import Annex, Plan, PlanItem, PlanVersion, Task

PENDING = Proposal.Decision.PENDING


def imports_for_list(user: User) -> ImportQuerySet:
    """Imports the user may see, with how many proposals each has and how many wait; without reading and lines."""
    return (
        Import.objects.visible_to(user)
        .select_related("plan", "version", "annex", "unit", "uploaded_by")
        .defer("reading", "lines")
        .annotate(total=Count("proposals"), pending=Count("proposals", filter=Q(proposals__decision=PENDING)))
        .order_by("-uploaded_at", "-pk")
    )


def find_import_of(sha256: str) -> Import | None:
    """The latest import of a file with this content that was neither put aside nor unreadable."""
    aside = (Import.Status.DISCARDED, Import.Status.UNREADABLE)
    return Import.objects.filter(file__sha256=sha256).exclude(status__in=aside).order_by("-pk").first()


@dataclass(frozen=True)
class KindCount:
    """How many proposals of a kind an import has, how many are unsure, how many nobody decided."""

    total: int = 0
    unsure: int = 0
    pending: int = 0


def count_by_kind(source: Import) -> dict[str, KindCount]:
    """Kind → its counts, in one query; kinds that do not occur are absent."""
    rows = (
        source.proposals.order_by()
        .values("kind")
        .annotate(
            total=Count("pk"),
            unsure=Count("pk", filter=Q(sure=False)),
            pending=Count("pk", filter=Q(decision=PENDING)),
        )
    )
    return {row["kind"]: KindCount(row["total"], row["unsure"], row["pending"]) for row in rows}


def offer_of(proposal: Proposal) -> Offered:
    return Offered(
        kind=proposal.kind,
        key=proposal.key,
        value=proposal.value,
        where=proposal.where,
        decision=proposal.decision,
        printed=proposal.printed,
        change=proposal.change,
        ref=proposal.current_ref,
    )


def count_taken(source: Import, *, take_pending: bool) -> dict[str, int]:
    """What accepting now would take, by kind."""
    counts = dict.fromkeys(Proposal.Kind.values, 0)
    for each in choose(map(offer_of, source.proposals.all()), take_pending=take_pending):
        counts[each.kind] += 1
    return counts


def count_missing(source: Import) -> int:
    """Annexes the file mentions without holding them, those left out excepted."""
    annexes = source.proposals.filter(kind=Proposal.Kind.ANNEX).exclude(decision=Proposal.Decision.REJECTED)
    return sum(not annex.value.get("present") for annex in annexes)


def count_unseen(source: Import) -> int:
    """Unsure proposals that nobody decided."""
    return source.proposals.filter(sure=False, decision=PENDING).count()


def rest_of(source: Import) -> list[Proposal]:
    """Tasks and indicators of an accepted document that were left out or left open: they may still come in.

    A thing that the file no longer has is only asked about again while nobody decided it.
    """
    if source.status != Import.Status.ACCEPTED or source.form != Import.Form.DOCUMENT:
        return []
    rows = source.proposals.filter(kind__in=[Proposal.Kind.TASK, Proposal.Kind.INDICATOR])
    away = shaped_away(source)
    fresh = Q(change__in=["", Proposal.Change.ADDED]) & ~Q(decision=Proposal.Decision.ACCEPTED)
    gone = Q(change=Proposal.Change.REMOVED, decision=PENDING)
    return [row for row in rows.filter(fresh | gone) if (row.kind, row.key) not in away]


def known_to(plan: Plan, source: Import) -> Known:
    """What the plan has before this import; a new plan has the headings that the import itself proposes."""
    last: PlanVersion | None = plan.versions.order_by("-number").first()
    sections = source.proposals.filter(kind=Proposal.Kind.SECTION)
    titles = {row.key: str(row.value["title"]) for row in sections}
    if last:
        titles |= dict(last.items.filter(kind="section").values_list("path", "text"))
    return Known(
        groups=dict(plan.groups.values_list("code", "title")),
        headings=task_sections(titles),
        paths=frozenset(last.items.values_list("path", flat=True)) if last else frozenset(),
    )


def attached_as(annex: Annex | None) -> Attached | None:
    """The annex a file came in as, and the item of the latest version that announced it."""
    if annex is None:
        return None
    items = annex.plan.version.items
    announced = items.filter(path__in=annex.mentioned_in, kind="annex_reference").first()
    return Attached(annex.label, announced.path if announced else None)


def missing_annexes() -> QuerySet[Annex]:
    """Placeholders still without their document."""
    return Annex.objects.filter(document=None).select_related("plan").order_by("plan__code", "label")


def headings_of(source: Import) -> dict[str, str]:
    """Path → title of the headings a reader of the import has before him: the plan's so far, and its own."""
    last = source.plan.versions.order_by("-number").first() if source.plan else None
    titles = dict(last.items.filter(kind="section").values_list("path", "text")) if last else {}
    return titles | {row.key: row.value["title"] for row in source.proposals.filter(kind=Proposal.Kind.SECTION)}


def shaped_away(source: Import) -> dict[tuple[str, str], str]:
    """(kind, key) of proposals that were split or joined → the key of the one they went into (of parts, the first)."""
    found: dict[tuple[str, str], str] = {}
    for kind, key, made_from in source.proposals.exclude(made_from=[]).values_list("kind", "key", "made_from"):
        for other in made_from:
            found.setdefault((kind, other), key)
    return found


def link_choices(source: Import) -> dict[str, str]:
    """Indicators a task of this import may serve: key of a proposal, or path of one the plan has already → name."""
    last = source.plan.versions.order_by("-number").first() if source.plan else None
    rows = last.items.filter(kind="indicator_row").order_by("position") if last else PlanItem.objects.none()
    proposed = source.proposals.filter(kind=Proposal.Kind.INDICATOR).exclude(decision=Proposal.Decision.REJECTED)
    there = dict(rows.values_list("path", "text"))
    return there | {row.key: str(row.value["name"] or row.key) for row in proposed}


def titles_of(plan: Plan) -> dict[str, str]:
    """Headings of the latest version by path, and groups by code → title."""
    last = plan.versions.order_by("-number").first()
    headings = dict(last.items.filter(kind="section").values_list("path", "text")) if last else {}
    return headings | dict(plan.groups.values_list("code", "title"))


def left_out_of(plan: Plan, sha256: str) -> frozenset[tuple[str, str]]:
    """(kind, folded text) of what a person left out of the plan when other files than this one came in.

    What took another shape was not left out.
    """
    imports = Import.objects.filter(plan=plan, status=Import.Status.ACCEPTED).exclude(file__sha256=sha256)
    imports = imports.defer("reading", "lines", "printed")
    found: set[tuple[str, str]] = set()
    for source in imports:
        away = shaped_away(source)
        out = source.proposals.filter(decision=Proposal.Decision.REJECTED, change__in=["", Proposal.Change.ADDED])
        found |= {(row.kind, text_of(row.kind, row.printed)) for row in out if (row.kind, row.key) not in away}
    return frozenset(found)


def was_accepted(plan: Plan, sha256: str) -> bool:
    """Whether a file with this content made a version of the plan before."""
    return Import.objects.filter(plan=plan, file__sha256=sha256, status=Import.Status.ACCEPTED).exists()


def tasks_elsewhere(plan: Plan | None) -> list[Elsewhere]:
    """Every task that is followed in another plan, as far as it is needed to find twins."""
    tasks = Task.objects.counted().exclude(plan=plan) if plan else Task.objects.counted()
    rows = tasks.order_by("code").values_list("code", "plan__code", "title", "description", "due_on")
    return [Elsewhere(*row) for row in rows]
