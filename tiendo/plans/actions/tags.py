"""Tags are named, retired, put on tasks and taken off (R053)."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.words import fold
from tiendo.plans.actions.tasks import lock_task, record_act
from tiendo.plans.models import Tag, Task, TaskTag
from tiendo.plans.tag_list import shipped_tags
from tiendo.plans.tag_rules import can_tag_tasks


@transaction.atomic
def load_tags(*, by: User, at: datetime) -> list[Tag]:
    """Take in the shipped tags that are not there yet; those there keep the names people gave them."""
    require(can_tag_tasks(by))
    known = set(Tag.objects.values_list("code", flat=True))
    made = [Tag(code=each.code, kind=each.kind, name=each.name) for each in shipped_tags() if each.code not in known]
    Tag.objects.bulk_create(made)
    if made:
        codes = [tag.code for tag in made]
        record(act="plans.tag.load", subject="plans.tag:*", actor=by.username, at=at, codes=codes)
    return made


@transaction.atomic
def add_tag(*, kind: str, name: str, by: User, at: datetime) -> Tag:
    """A tag of one's own; its code is made from its name and never changes. Raises ValueError for another kind."""
    require(can_tag_tasks(by))
    name, kind = name.strip(), Tag.Kind(kind)
    code = slugify(fold(name))[:60]
    if not code:
        require(no(_("Hãy ghi tên nhãn.")))
    if Tag.objects.filter(code=code).exists():
        require(no(_("Đã có nhãn tên này.")))
    tag = Tag.objects.create(code=code, kind=kind, name=name)
    record(act="plans.tag.add", subject=f"plans.tag:{code}", actor=by.username, at=at, name=name, sort=str(kind))
    return tag


@transaction.atomic
def rename_tag(*, tag: Tag, name: str, by: User, at: datetime) -> Tag:
    """Another name for the same tag; tasks keep it."""
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    require(can_tag_tasks(by))
    if not name.strip():
        require(no(_("Hãy ghi tên nhãn.")))
    was, tag.name = tag.name, name.strip()
    tag.save(update_fields=["name"])
    record(act="plans.tag.rename", subject=f"plans.tag:{tag.code}", actor=by.username, at=at, was=was, now=tag.name)
    return tag


@transaction.atomic
def retire_tag(*, tag: Tag, by: User, at: datetime) -> Tag:
    """No longer offered; tasks that carry it keep it. Retired already, it is taken into use again."""
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    require(can_tag_tasks(by))
    tag.retired_at = None if tag.retired_at else at
    tag.save(update_fields=["retired_at"])
    now = tag.retired_at is not None
    record(act="plans.tag.retire", subject=f"plans.tag:{tag.code}", actor=by.username, at=at, retired=now)
    return tag


@transaction.atomic
def put_tag(*, task: Task, tag: Tag, by: User, at: datetime) -> TaskTag:
    """Put a tag on a task; put twice, it stands once."""
    task = lock_task(task)
    require(can_tag_tasks(by))
    kept = TaskTag.objects.filter(task=task, tag=tag, taken_at=None).first()
    if kept:
        return kept
    if tag.retired_at:
        require(no(_("Nhãn này không còn dùng.")))
    made = TaskTag.objects.create(task=task, tag=tag, put_by=by, put_at=at)
    record_act("put_tag", task, by, at, tag=tag.code, name=tag.name)
    return made


@transaction.atomic
def take_tag(*, task: Task, tag: Tag, by: User, at: datetime) -> None:
    """Take a tag off; who had put it there stays known. One that is not there is left alone."""
    task = lock_task(task)
    require(can_tag_tasks(by))
    if TaskTag.objects.filter(task=task, tag=tag, taken_at=None).update(taken_at=at):
        record_act("take_tag", task, by, at, tag=tag.code, name=tag.name)
