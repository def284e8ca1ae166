"""About amendments of the plan: what is put in place, where it is found, and what is typed."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.factories import NOON, TODAY, World, make_plan, make_task
from tests.factories.amending import decide, make_amendment, make_line, make_proposal, submit
from tiendo.oversight.actions.amending_proposals import edit_proposal
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.models import Amendment, AmendmentLine, Proposal
from tiendo.plans.models import Plan, Task

if TYPE_CHECKING:
    from tests.permissions.stage import Stage

FREE, READY, SENT_UP, DECIDED, DRAFTING = "kh-ranh", "kh-san", "kh-trinh", "kh-xong", "kh-soan"
LATER = {"raw": None, "kind": "moment", "on": "2027-09-30"}


def set_amending(plan: Plan, task: Task, world: World) -> None:
    """Every act is ready to be done by who may do it, each in a plan of its own so that the plan stays as it was."""
    make_plan(world.province, code=FREE)
    ready = _task(world, READY)
    make_amendment(ready.plan, world, make_proposal(ready, world))
    _sent_up(world)
    _decided(world)
    _drafting(world)


def _sent_up(world: World) -> None:
    """A draft before the decision-maker."""
    other = _task(world, SENT_UP)
    submit(make_amendment(other.plan, world, make_proposal(other, world)), world)


def _decided(world: World) -> None:
    """A plan of two versions."""
    other = _task(world, DECIDED)
    decide(submit(make_amendment(other.plan, world, make_proposal(other, world)), world), world)


def _drafting(world: World) -> None:
    """A draft being written, one line of it overtaken by the task; proposals in every state beside it."""
    other = _task(world, DRAFTING)
    drafted = make_proposal(other, world, sent=False)
    given = {"wanted": drafted.wanted, "reason": "Thiết bị giao chậm", "by": world.an, "at": NOON}
    edit_proposal(proposal=drafted, data=b"Kinh gui", name="cong-van.txt", **given)
    sent = make_proposal(other, world)
    Proposal.objects.filter(pk=sent.pk).update(file=Proposal.objects.get(pk=drafted.pk).file)
    amendment = make_amendment(other.plan, world)
    more = make_task(other.plan, by=world.chi, lead=world.unit_a)
    make_line(amendment, world, Change.EXTEND, more, due=LATER)
    overtaken = make_line(amendment, world, Change.CHANGE, more, product="Bản đồ")
    AmendmentLine.objects.filter(pk=overtaken.pk).update(base={"product": "khác"})


def _task(world: World, code: str) -> Task:
    return make_task(make_plan(world.province, code=code), by=world.chi, lead=world.unit_a)


def amending_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    draft = Amendment.objects.get(plan__code=DRAFTING)
    submitted = Amendment.objects.get(plan__code=SENT_UP)
    decided = Amendment.objects.get(plan__code=DECIDED)
    drafted = Proposal.objects.get(plan__code=DRAFTING, state="draft").pk
    sent = Proposal.objects.get(plan__code=DRAFTING, state="sent").pk
    extended, overtaken = (draft.lines.get(kind=kind).pk for kind in ("extend", "change"))
    return {
        "oversight:proposal-add": (FREE,),
        "oversight:proposal-change": (stage.task.code,),
        **{f"oversight:proposal-{name}": (sent,) for name in ("detail", "file", "return", "refuse", "take")},
        "oversight:proposal-withdraw#sent": (sent,),
        "oversight:proposal-detail#draft": (drafted,),
        **{f"oversight:proposal-{name}": (drafted,) for name in ("edit", "send", "withdraw")},
        "oversight:amendment-start": (DRAFTING,),
        "oversight:amendment-start#free": (FREE,),
        **{f"oversight:amendment-{name}": (draft.pk,) for name in ("detail", "edit")},
        "oversight:amendment-detail#decided": (decided.pk,),
        "oversight:line-add": (draft.pk,),
        "oversight:line-edit": (extended,),
        "oversight:line-confirm": (overtaken,),
        "oversight:line-remove": (extended,),
        **{f"oversight:amendment-{name}": (submitted.pk,) for name in ("return", "refuse", "decide")},
        "oversight:amendment-submit": (Amendment.objects.get(plan__code=READY).pk,),
        "plans:plan-differences": (DECIDED,),
        "plans:plan-differences-file": (DECIDED,),
    }


def typed_amending(stage: "Stage") -> dict[str, dict[str, Any]]:
    """What is typed, whole and right."""
    task = {"title": "Kho dữ liệu", "description": "Xây dựng kho", "lead": stage.world.unit_b.code, "reason": "Cần"}
    later = {"due_on": "2027-08-31", "reason": "Thiết bị giao chậm"}
    draft = Amendment.objects.get(plan__code=DRAFTING)
    paper = {"number": "9/QĐ-UBND", "issued_on": f"{TODAY:%Y-%m-%d}"}
    return {
        "oversight:proposal-add": task,
        "oversight:proposal-change": {"viec": "extend", **later},
        "oversight:proposal-edit": later,
        "oversight:proposal-return": {"answer": "Thiếu căn cứ"},
        "oversight:proposal-refuse": {"answer": "Chưa đủ căn cứ"},
        "oversight:proposal-take": {"amendment": draft.pk},
        "oversight:amendment-start": {"title": "Sửa đổi lần 1"},
        "oversight:amendment-edit": {"title": "Sửa đổi lần 1", "summary": "Theo thực tế"},
        "oversight:line-add": {"viec": "add", **task},
        "oversight:line-edit": later,
        "oversight:amendment-return": {"answer": "Bổ sung lý do"},
        "oversight:amendment-refuse": {"answer": "Chưa cần"},
        "oversight:amendment-decide": {**paper, "in_force_from": f"{TODAY + timedelta(days=9):%Y-%m-%d}"},
    }
