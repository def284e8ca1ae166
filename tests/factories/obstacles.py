"""Difficulties at each place of their way, put there by the acts themselves."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.factories.clock import NOON
from tests.factories.people import World
from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.actions import difficulties as acts
from tiendo.oversight.actions import difficulties_answering as answering
from tiendo.oversight.actions.difficulties import Words
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Plan, Task

TITLE = "Thiếu kinh phí số hóa hồ sơ tại trung tâm phục vụ hành chính công cấp xã"
WORDS = Words(kind="money", cause_kind="objective", title=TITLE, measure="Bổ sung 2 tỷ đồng", cause="Chưa bố trí")
REPLY_DUE_ON = date(2026, 7, 10)


def make_difficulty(plan: Plan, unit: Unit, *, by: User, at: datetime = NOON, **given: Any) -> Difficulty:
    """A draft of the unit; `title`, `kind` … change its words, `tasks` and `submission` link it."""
    links = {name: given.pop(name) for name in ("tasks", "submission") if name in given}
    words = Words(**{**WORDS.__dict__, **given})
    return acts.register_difficulty(plan=plan, unit=unit, words=words, by=by, at=at, **links)


def bring_to(state: str, difficulty: Difficulty, world: World, *, at: datetime = NOON, head: User | None = None) -> Any:
    """The draft brought to a state, an hour for each act; the head sends, Chi forwards to the province, it decides."""
    head = head or world.binh
    hour = timedelta(hours=1)
    if state == "draft":
        return difficulty
    if state == "withdrawn":
        return acts.withdraw_difficulty(difficulty=difficulty, reason="Đã tự giải quyết", by=head, at=at)
    found = acts.send_difficulty(difficulty=difficulty, by=head, at=at)
    if state == "sent":
        return found
    if state == "returned":
        return answering.return_difficulty(difficulty=found, reason="Thiếu số liệu", by=world.chi, at=at + hour)
    asked = {"authority": world.province, "reply_due_on": max(REPLY_DUE_ON, at.date())}
    found = answering.forward_difficulty(difficulty=found, by=world.chi, at=at + hour, **asked)
    if state == "forwarded":
        return found
    decided = {"decision": "Bổ sung 2 tỷ đồng trong quý III", "number": "120/QĐ-UBND"}
    found = answering.decide_difficulty(difficulty=found, by=world.decision_maker, at=at + 2 * hour, **decided)
    if state == "decided":
        return found
    return acts.remove_difficulty(difficulty=found, by=head, at=at + 3 * hour)


def make_obstacle(state: str, plan: Plan, task: Task, world: World, **given: Any) -> Difficulty:
    """A difficulty of unit A on the task, in the state."""
    made: Difficulty = bring_to(state, make_difficulty(plan, world.unit_a, by=world.an, tasks=[task], **given), world)
    return made
