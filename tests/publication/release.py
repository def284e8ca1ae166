"""A plan with every kind of thing that must not be published, each carrying a word found nowhere else."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_evidence,
    make_file,
    make_item,
    make_money,
    make_period,
    make_plan,
    make_submission,
    make_task,
)
from tiendo.plans.models import FieldSource, Plan, Task
from tiendo.publication.actions import approve_release, propose_release
from tiendo.publication.models import Release
from tiendo.reporting.models import Period, Submission

# Each stands in exactly one place of the database, and in no public place.
SECRETS = {
    "draft": "NHAPCHUAGUI",
    "waiting": "DANGCHOXEM",
    "returned": "DABITRALAI",
    "return_reason": "LYDOTRALAI",
    "difficulty": "VUONGMACNOIBO",
    "file_name": "TENTEPKIN",
    "imported_file": "TENTEPKEHOACH",
    "evidence_note": "GHICHUNOIBO",
    "deadline_reason": "LYDOGIAHAN",
    "hidden_task": "NHIEMVUKIN",
    "hidden_reason": "LYDOKHONGCONGKHAI",
    "hidden_product": "SANPHAMKIN",
    "rejected_release": "DOTKHONGDUYET",
    "phone": "0912345678",
    "email": "canbo@laichau.test",
    "money_note": "GHICHUKINHPHI",
    "money_reason": "LYDOTRAKINHPHI",
    "money_paper": "CHUNGTUCHOXACNHAN",
}
WAITING_MONEY, WAITING_PERCENT = 987_654_321, 77


@dataclass
class Story:
    """The plan as it stands, with the tasks tests speak of."""

    world: World
    plan: Plan
    period: Period
    done: Task
    late: Task
    hidden: Task

    def publish(self, title: str = "Đợt công bố giữa năm", days: int = 0) -> Release:
        """Proposed by the coordinator, approved by the decision-maker."""
        at = NOON + timedelta(days=days)
        release = propose_release(plan=self.plan, title=title, by=self.world.chi, at=at)
        return approve_release(release=release, by=self.world.decision_maker, at=at + timedelta(hours=1))


def tell(world: World) -> Story:
    """A finished task, an overdue one with nothing accepted, one kept from the public, and secrets all around."""
    plan = make_plan(world.province)
    done = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b], head=world.binh)
    late = make_task(plan, by=world.chi, lead=world.unit_b, title="Cấp chữ ký số", due_on=date(2026, 6, 30))
    hidden = make_hidden(plan, world)
    period = make_period(plan)
    _accept(done, period, world)
    _leave_unaccepted(late, period, world)
    _tell_money(done, late, hidden, world)
    line = done.deadline_lines.get()
    line.reason, line.source = SECRETS["deadline_reason"], f"{SECRETS['imported_file']}.docx"
    line.save()
    return Story(world, plan, period, done, late, hidden)


def make_hidden(plan: Plan, world: World) -> Task:
    item = make_item(plan.version, "III.1.1#99", f"Việc {SECRETS['hidden_task']}")
    return make_task(
        plan,
        by=world.chi,
        lead=world.unit_a,
        title=f"Việc {SECRETS['hidden_task']}",
        product=SECRETS["hidden_product"],
        not_public_reason=SECRETS["hidden_reason"],
        code="MAKIN-3",
        item=item,
    )


def _accept(task: Task, period: Period, world: World) -> Submission:
    words = f"Đã phủ sóng 12 xã. Liên hệ {world.an.full_name}, {SECRETS['phone']}, {SECRETS['email']}."
    entry = make_entry(
        make_duty(period, world.unit_a),
        task,
        saved_by=world.an,
        state="completed",
        percent=100,
        completed_on=date(2026, 6, 20),
        money_used=1_250_000_000,
        result=words,
        difficulty=SECRETS["difficulty"],
    )
    make_evidence(entry, by=world.an, note=SECRETS["evidence_note"])
    file = {"file": make_file(), "file_name": f"{SECRETS['file_name']}.pdf"}
    make_evidence(entry, by=world.an, document_number=None, document_date=None, **file)
    submission = make_submission(entry, by=world.binh, accepted_by=world.chi)
    task.state, task.percent, task.completed_on, task.last_accepted_on = (
        "completed",
        100,
        date(2026, 6, 20),
        NOON.date(),
    )
    task.save()
    source = {"document": task.item.document, "where": {"lines": [1, 2]}, "quote": "Phủ sóng 5G"}
    FieldSource.objects.create(task=task, field="title", recorded_by=world.chi, recorded_at=NOON, **source)
    return submission


def _tell_money(done: Task, late: Task, hidden: Task, world: World) -> None:
    """A plan that finance confirmed; beside it what waits, what was returned, and the money of the hidden task."""
    paper, secret = {"document": "QĐ 15/QĐ-UBND"}, {"note": SECRETS["money_note"], "document": SECRETS["money_paper"]}
    planned = {"kind": "planned", "amount": 2_000_000_000, "as_of": date(2026, 1, 15)}
    make_money(done, world.unit_a, by=world.an, confirmed_by=world.finance, **planned, **paper)  # type: ignore[arg-type]
    make_money(done, world.unit_a, by=world.an, kind="disbursed", amount=WAITING_MONEY, **secret)
    decided = {"state": "returned", "decided_by": world.finance, "decided_at": NOON}
    returned = {"reason": SECRETS["money_reason"], "kind": "allocated", **decided, **secret}
    make_money(late, world.unit_b, by=world.dung, amount=WAITING_MONEY, **returned)  # type: ignore[arg-type]
    make_money(hidden, world.unit_a, by=world.an, amount=WAITING_MONEY, confirmed_by=world.finance, **secret)


def _leave_unaccepted(task: Task, period: Period, world: World) -> None:
    """One report returned and drafted again, one waiting to be read; nothing of either is accepted."""
    values = {"state": "completed", "completed_on": date(2026, 6, 21), "percent": WAITING_PERCENT}
    entry = make_entry(make_duty(period, world.unit_b), task, saved_by=world.dung, result=SECRETS["returned"], **values)
    returned = make_submission(entry, by=world.dung)
    returned.verdict, returned.decided_by, returned.decided_at = "returned", world.chi, NOON
    returned.reason = SECRETS["return_reason"]
    returned.save()
    entry.result, entry.money_used = SECRETS["waiting"], WAITING_MONEY
    entry.save()
    make_submission(entry, by=world.dung)
    entry.result, entry.status = SECRETS["draft"], "draft"
    entry.save()


def leaks(text: str, world: World) -> list[str]:
    """What of the secrets, the people and the unaccepted values stands in a text."""
    names = [user.full_name for user in world.people.values()]
    accounts = [f"{user.username}@vidu.test" for user in world.people.values()]
    told = text + json.dumps(text) if "\\u" not in text else text.encode().decode("unicode_escape", "ignore")
    forbidden = [*SECRETS.values(), *names, *accounts, "MAKIN-3", str(WAITING_MONEY), "987.654.321"]
    found = [word for word in forbidden if word in told]
    return found + re.findall(rf"(?<!\d){WAITING_PERCENT}(?:[.,]0*)?\s*%", told)
