"""About directions, meetings and follow-up items: what is put in place, where it is found, and what is typed."""

from typing import TYPE_CHECKING, Any

from tests.factories import NOON, TODAY, World
from tests.factories.following import make_direction, make_follow_up, make_meeting
from tiendo.oversight.actions.following_up import note_follow_up, report_follow_up
from tiendo.oversight.models import Direction, FollowUp, FollowUpStep, Meeting
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import store_file

if TYPE_CHECKING:
    from tests.permissions.stage import Stage

OPEN, TOLD = "Trình phương án phủ sóng", "Bố trí cán bộ kỹ thuật"


def set_directing(plan: Plan, task: Task, world: World) -> None:
    """A meeting with its paper gave unit A two things to do: one still open, one reported and to be confirmed."""
    paper = store_file(b"Ket luan", extension="txt", media_type="text/plain", at=NOON)
    meeting = make_meeting(plan, by=world.chi, conclusion_file=paper)
    direction = make_direction(plan, by=world.chi, meeting=meeting)
    item = make_follow_up(plan, world.unit_a, by=world.chi, direction=direction, task=task, text=OPEN)
    note_follow_up(follow_up=item, note="Đã mời thầu", by=world.an, at=NOON, data=b"Bien ban", name="bien-ban.txt")
    told = make_follow_up(plan, world.unit_a, by=world.chi, direction=direction, text=TOLD)
    report_follow_up(follow_up=told, note="Đã xong", by=world.binh, at=NOON)


def directing_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    item, told = FollowUp.objects.get(text=OPEN), FollowUp.objects.get(text=TOLD)
    meeting, direction = Meeting.objects.get(), Direction.objects.get(meeting__isnull=False)
    file = FollowUpStep.objects.filter(file__isnull=False, follow_up=item).get()
    return {
        **{f"oversight:follow-up-{name}": (item.pk,) for name in ("detail", "note", "report", "extend", "cancel")},
        **{f"oversight:follow-up-{name}": (told.pk,) for name in ("return", "close")},
        "oversight:follow-up-file": (file.pk,),
        "oversight:direction-detail": (direction.pk,),
        "oversight:direction-item": (direction.pk,),
        "oversight:meeting-detail": (meeting.pk,),
        "oversight:meeting-file": (meeting.pk,),
        "oversight:meeting-conclude": (meeting.pk,),
        "oversight:meeting-brief-file": ("docx",),
        "oversight:urging-unit": (stage.world.unit_a.code,),
        "oversight:urging-task": (stage.task.code,),
    }


def typed_directing(stage: "Stage") -> dict[str, dict[str, Any]]:
    """What is typed, whole and right."""
    unit = stage.world.unit_a.code
    item = {"unit": unit, "text": "Khảo sát thêm", "due_on": "2099-12-31"}
    given = {"plan": stage.plan.code, "text": "Làm sớm", "given_by": "Chủ tịch", "given_on": f"{TODAY:%Y-%m-%d}"}
    meeting = {"plan": stage.plan.code, "title": "Giao ban quý", "held_on": f"{TODAY:%Y-%m-%d}", "level": "province"}
    return {
        "oversight:direction-add": {**given, "count": "1", **{f"1-{name}": value for name, value in item.items()}},
        "oversight:direction-item": item,
        "oversight:meeting-add": meeting,
        "oversight:meeting-conclude": {"conclusion": "12/TB-UBND ngày 30/6/2026"},
        "oversight:follow-up-note": {"note-words": "Đã khảo sát"},
        "oversight:follow-up-report": {"report-words": "Đã xong"},
        "oversight:follow-up-return": {"return-words": "Chưa đủ"},
        "oversight:follow-up-close": {"close-words": ""},
        "oversight:follow-up-extend": {"extend-words": "Mưa lũ", "extend-due_on": "2099-12-31"},
        "oversight:follow-up-cancel": {"cancel-words": "Không cần nữa"},
    }
