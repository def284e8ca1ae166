"""About a unit's own plan coming in: what is put in place, where it is found, and what is typed."""

from typing import Any

from tests.factories import NOON, World
from tiendo.intake.actions import start_import
from tiendo.intake.models import Import, Proposal

TEXT = "KẾ HOẠCH\nSố hóa hồ sơ của Sở\nI. NHIỆM VỤ\n1. Hồ sơ\n- Số hóa 90 mét hồ sơ.\n- Bố trí 2 máy quét.\n"


def set_own_plan(world: World) -> Import:
    """Unit A's own plan, read and undecided."""
    return start_import(data=TEXT.encode(), name="ke-hoach-so.txt", by=world.an, at=NOON, unit=world.unit_a)[0]


def own_plan_places(world: World) -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    first, _second = _tasks(world)
    imports = ("import-review", "proposals-decide", "import-ask", "import-accept", "import-discard")
    paper = Proposal.objects.get(source=first.source_id, kind=Proposal.Kind.DOCUMENT)
    rows = ("card", "split", "merge", "link")
    return {
        **{f"intake:{name}#own": (first.source_id,) for name in imports},
        "intake:proposal-edit#own": (paper.pk,),
        **{f"intake:proposal-{name}#own": (first.pk,) for name in rows},
    }


def typed_own_plan(world: World) -> dict[str, dict[str, Any]]:
    """What is typed about it where the province's papers are typed about otherwise."""
    first, second = _tasks(world)
    return {
        "intake:proposals-decide#own": {"mot": f"accepted-{first.pk}"},
        "intake:import-ask#own": {},
        "intake:proposal-merge#own": {"other": second.pk},
    }


def _tasks(world: World) -> list[Proposal]:
    return list(Proposal.objects.filter(source__unit=world.unit_a, kind=Proposal.Kind.TASK).order_by("position"))
