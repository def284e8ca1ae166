"""About difficulties: what is put in place, where it is found, and what is typed."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from tests.factories import NOON, World
from tests.factories.obstacles import WORDS, make_obstacle
from tiendo.oversight.actions.difficulties_clock import stop_reply_clock
from tiendo.oversight.difficulty_workflow import State
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import store_file

if TYPE_CHECKING:
    from tests.permissions.stage import Stage

STOPPED = "Đang tạm dừng"
WITH_A_REASON = ("withdraw", "return", "decline", "stop", "stand", "remove")


def set_obstacles(plan: Plan, task: Task, world: World) -> None:
    """Unit A has a difficulty on every desk, the province one whose clock stands still, and a paper that decided."""
    for state in State:
        make_obstacle(state.value, plan, task, world)
    stopped = make_obstacle("forwarded", plan, task, world, title=STOPPED)
    stop_reply_clock(difficulty=stopped, reason="Chờ hướng dẫn của Bộ", by=world.chi, at=NOON + timedelta(hours=2))
    paper = store_file(b"%PDF-1.4\n%%EOF\n", extension="pdf", media_type="application/pdf", at=NOON)
    Difficulty.objects.filter(state="decided").update(decision_file=paper)


def obstacles_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    at = dict(Difficulty.objects.exclude(title=STOPPED).values_list("state", "pk"))
    stands = {
        "draft": ("edit", "send", "detail#draft"),
        "sent": ("detail", "take-back", "return", "forward", "decide", "withdraw"),
        "forwarded": ("decline", "decide#forwarded", "stop"),
        "decided": ("file", "follow", "stand", "remove"),
    }
    return {
        **{f"oversight:difficulty-{name}": (at[state],) for state, names in stands.items() for name in names},
        "oversight:difficulty-resume": (Difficulty.objects.get(title=STOPPED).pk,),
    }


def typed_obstacles(stage: "Stage") -> dict[str, dict[str, Any]]:
    """What is typed, whole and right."""
    soon = (localdate() + timedelta(days=14)).isoformat()
    reason = {"reason": "Còn thiếu số liệu"}
    words = {**WORDS.__dict__, "tasks": []}
    return {
        "oversight:difficulty-add": {**words, "plan": stage.plan.code, "unit": stage.world.unit_a.code},
        "oversight:difficulty-edit": words,
        **{
            f"oversight:difficulty-{act}": reason
            for act in ("withdraw", "return", "decline", "stop", "stand", "remove")
        },
        "oversight:difficulty-stop": reason | {"resume_by": soon},
        "oversight:difficulty-forward": {"authority": "ubnd-tinh", "reply_due_on": soon, "note": ""},
        "oversight:difficulty-decide": {"decision": "Bổ sung kinh phí", "number": "15/QĐ-UBND"},
        "oversight:difficulty-follow": {"unit": "so-y-te", "text": "Bố trí kinh phí", "due_on": soon},
    }
