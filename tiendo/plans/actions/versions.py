"""Plans and their versions come into being."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.plans.actions.items import place_items
from tiendo.plans.actions.naming import begin_part, named_in
from tiendo.plans.actions.tasks import first_deadline, write_origins
from tiendo.plans.actions.terms import keep_terms
from tiendo.plans.finding import task_index
from tiendo.plans.models import (
    Annex,
    Document,
    Plan,
    PlanItem,
    PlanVersion,
    StoredFile,
    Task,
    TaskGroup,
)
from tiendo.plans.permissions import can_make_version
from tiendo.plans.structure import NewAnnex, NewGroup, NewItem, NewTask, Unsound, VersionContent, check


@transaction.atomic
def create_plan(*, code: str, title: str, owner: Unit, by: User, at: datetime, under: Plan | None = None) -> Plan:
    """An empty plan, before its first version. `under`: the plan it carries out; that one must stand by itself."""
    plan = Plan(code=code, title=title, owner=owner, under=under, created_at=at)
    require(can_make_version(by, plan))
    if under and under.under_id:
        require(no(_("Kế hoạch chi tiết chỉ lập theo một kế hoạch không thuộc kế hoạch nào khác.")))
    plan.full_clean()
    plan.save()
    above = {"under": under.code} if under else {}
    record(act="plans.plan.create", subject=f"plans.plan:{code}", actor=by.username, at=at, title=title, **above)
    return plan


@transaction.atomic
def create_document(
    *, file: StoredFile, file_name: str, facts: dict[str, Any], lines: list[str], by: User, at: datetime
) -> Document:
    """The assigning paper, with what it says of itself (`facts`: fields of Document that were read or typed)."""
    require(can_make_version(by))
    return keep_document(file=file, file_name=file_name, facts=facts, lines=lines, by=by, at=at)


def keep_document(
    *, file: StoredFile, file_name: str, facts: dict[str, Any], lines: list[str], by: User, at: datetime
) -> Document:
    """As `create_document`, for a caller that has decided who may, inside its transaction."""
    document = Document.objects.create(file=file, file_name=file_name, lines=lines, **facts)
    record(
        act="plans.document.create",
        subject=f"plans.document:{document.pk}",
        actor=by.username,
        at=at,
        sha256=file.sha256,
        file_name=file_name,
    )
    return document


@transaction.atomic
def create_version(
    *,
    plan: Plan,
    document: Document,
    content: VersionContent,
    in_force_from: date,
    by: User,
    at: datetime,
    note: str = "",
) -> PlanVersion:
    """The next version: the items of the last one and those of `content`, whose tasks are followed from now on.

    An annex's rows go under the placeholder of the annex (`items` whose parent is its reference). Items of `content`
    may continue items of the last version, and some may be left out (`structure.NewItem`): the last version stays.
    Raises structure.Unsound if the content contradicts itself; nothing is written then.
    """
    require(can_make_version(by, plan))
    return add_version(
        plan=plan, document=document, content=content, in_force_from=in_force_from, by=by, at=at, note=note
    )


def add_version(
    *,
    plan: Plan,
    document: Document,
    content: VersionContent,
    in_force_from: date,
    by: User,
    at: datetime,
    note: str = "",
) -> PlanVersion:
    """As `create_version`, for a caller that has decided who may, inside its transaction."""
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    last = plan.versions.order_by("-number").first()
    groups = _groups(plan, content.groups)
    _check_with_last(content, last, groups)
    number = last.number + 1 if last else 1
    version = PlanVersion.objects.create(
        plan=plan, number=number, document=document, in_force_from=in_force_from, note=note, created_at=at
    )
    items = place_items(version, last, document, content)
    for annex in content.annexes:
        _mention_annex(plan, annex, document, anew=bool(content.replaced))
    tasks = _create_tasks(plan, content.tasks, items, groups, followed_from=in_force_from)
    for task, new in tasks:
        _record_origins(task, new, document, by=by, at=at)
    keep_terms(version=version)
    record(
        act="plans.version.create",
        subject=f"plans.plan:{plan.code}",
        actor=by.username,
        at=at,
        version=version.number,
        document=document.pk,
        sha256=document.file.sha256,
        items=len(content.items),
        tasks=[task.code for task, _ in tasks],
    )
    return version


@transaction.atomic
def attach_annex(*, annex: Annex, document: Document, by: User, at: datetime) -> Annex:
    """The annex that was missing is here; its placeholder now opens the document (R033)."""
    require(can_make_version(by, annex.plan))
    annex = Annex.objects.select_for_update(of=("self",)).select_related("plan").get(pk=annex.pk)
    annex.document = document
    annex.save(update_fields=["document"])
    record(
        act="plans.annex.attach",
        subject=f"plans.plan:{annex.plan.code}",
        actor=by.username,
        at=at,
        label=annex.label,
        document=document.pk,
    )
    return annex


def _check_with_last(content: VersionContent, last: PlanVersion | None, groups: dict[str, TaskGroup]) -> None:
    """The rules of `structure.check`, with what the last version and the plan already have."""
    before = list(last.items.all()) if last else []
    if unknown := content.replaced - {item.path for item in before}:
        raise Unsound(f"{sorted(unknown)}: not in the last version")
    standing = (item for item in before if item.path not in content.replaced)
    known = tuple(NewItem(item.path, item.kind, item.text, item.where) for item in standing)
    have = tuple(NewGroup(group.code, group.title, group.short_title) for group in groups.values())
    check(VersionContent(items=known + content.items, tasks=content.tasks, groups=have))


def _groups(plan: Plan, new: tuple[NewGroup, ...]) -> dict[str, TaskGroup]:
    known = {group.code: group for group in plan.groups.all()}
    for group in new:
        if group.code not in known:
            known[group.code] = TaskGroup.objects.create(
                plan=plan, code=group.code, title=group.title, short_title=group.short_title, position=len(known) + 1
            )
    return known


def _mention_annex(plan: Plan, annex: NewAnnex, document: Document, *, anew: bool) -> None:
    """A placeholder for a missing annex (R033); one that is in the document itself opens that document.

    `anew`: the text that names it was replaced, so the places where it is named are told again.
    """
    named = list(annex.mentioned_in)
    kept, new = Annex.objects.get_or_create(plan=plan, label=annex.label, defaults={"mentioned_in": named})
    if anew and not new and named:
        kept.mentioned_in = named
        kept.save(update_fields=["mentioned_in"])
    if annex.present and kept.document is None:
        kept.document = document
        kept.save(update_fields=["document"])


def _create_tasks(
    plan: Plan,
    new: tuple[NewTask, ...],
    items: dict[str, PlanItem],
    groups: dict[str, TaskGroup],
    *,
    followed_from: date,
) -> list[tuple[Task, NewTask]]:
    start = plan.tasks.aggregate(last=Max("position"))["last"] or 0
    return [
        (_create_task(plan, each, items, groups, place, followed_from), each)
        for place, each in enumerate(new, start + 1)
    ]


def _create_task(
    plan: Plan,
    new: NewTask,
    items: dict[str, PlanItem],
    groups: dict[str, TaskGroup],
    place: int,
    followed_from: date,
) -> Task:
    code = f"{plan.code}-{place:03d}"
    task = Task(
        plan=plan,
        group=groups[new.group] if new.group else None,
        item=items[new.item],
        code=code,
        number=new.number,
        title=new.title,
        description=new.description,
        product=new.product,
        authority=new.authority,
        position=place,
        followed_from=followed_from,
    )
    task.folded = task_index(task)
    task.save(force_insert=True)
    return task


def _record_origins(task: Task, new: NewTask, document: Document, *, by: User, at: datetime) -> None:
    for named in named_in(new.charged):
        begin_part(task, named, at=at)
    write_origins(task, new, {**new.quotes, **new.notes}, document, by=by, at=at)
    first_deadline(task, new.due, source=document, by=by, at=at)
