"""The pieces of a version put in their places: those that stand on, those that go on, those that are new."""

from collections import deque
from collections.abc import Iterator

from tiendo.plans.models import Document, PlanItem, PlanVersion
from tiendo.plans.structure import NewItem, VersionContent


def place_items(
    version: PlanVersion, last: PlanVersion | None, document: Document, content: VersionContent
) -> dict[str, PlanItem]:
    """Every item of the new version by its path, in reading order; each knows the item it first was.

    What goes on takes the pieces that stand between its places along; what is new without going on stands where
    `content` has it, and after everything else when nothing goes on.
    """
    before = {item.path: item for item in last.items.select_related("parent").order_by("position")} if last else {}
    standing = deque(item for item in before.values() if item.path not in content.replaced)
    parents = {item.path: _parent_now(item, before, content) for item in standing}
    last_place = max((item.position for item in standing), default=0)
    turn = min((before[path].position for path in content.replaced), default=last_place + 1)
    made: list[PlanItem] = []
    for new in content.items:
        turn = max(turn, before[new.continues].position if new.continues else 0)
        made += [_copy(item, item.path) for item in _up_to(standing, turn)]
        made.append(_made(new, before, document))
    made += [_copy(item, item.path) for item in standing]
    parents |= {new.path: new.parent for new in content.items}
    return _store(version, made, parents)


def _up_to(standing: deque[PlanItem], position: int) -> Iterator[PlanItem]:
    """Take the items off that stood before the position."""
    while standing and standing[0].position < position:
        yield standing.popleft()


def _store(version: PlanVersion, made: list[PlanItem], parents: dict[str, str | None]) -> dict[str, PlanItem]:
    for place, item in enumerate(made, 1):
        item.version, item.position = version, place
    items = {item.path: item for item in PlanItem.objects.bulk_create(made)}
    below = [item for item in made if parents[item.path]]
    for item in below:
        item.parent = items[parents[item.path] or ""]
    PlanItem.objects.bulk_update(below, ["parent"], batch_size=500)
    return items


def _made(new: NewItem, before: dict[str, PlanItem], document: Document) -> PlanItem:
    was = before[new.continues] if new.continues else None
    if was and new.unchanged:
        return _copy(was, new.path)
    return PlanItem(
        origin_id=(was.origin_id or was.pk) if was else None,
        document=document,
        path=new.path,
        kind=new.kind,
        number=new.number,
        text=new.text,
        where=new.where,
        details=new.details,
    )


def _copy(item: PlanItem, path: str) -> PlanItem:
    return PlanItem(
        origin_id=item.origin_id or item.pk,
        document_id=item.document_id,
        path=path,
        kind=item.kind,
        number=item.number,
        text=item.text,
        where=item.where,
        details=item.details,
    )


def _parent_now(item: PlanItem, before: dict[str, PlanItem], content: VersionContent) -> str | None:
    """The path under which the nearest branch above that is still there stands now."""
    moved = {new.continues: new.path for new in content.items if new.continues}
    above = item.parent
    while above is not None and above.path in content.leaves_out and above.path not in moved:
        parent = before[above.path].parent
        above = before[parent.path] if parent else None
    return moved.get(above.path, above.path) if above else None
