"""What coordinating units of the sample answer about their share: most agree, one adds, one disputes."""

from datetime import datetime

from tiendo.config.sample.world import World
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Part
from tiendo.reporting.parts import PartAct

# (period, task): the first unit asked about it answers with words instead of plain agreement.
ADDED = {(1, "29"): "Đã bổ sung dự kiến kinh phí năm 2027 vào phần phối hợp của Sở."}
DISPUTED = {(1, "24"): "Tỷ lệ 82% chưa tính tờ khai nộp tại lối mở; đề nghị tính lại trên toàn bộ tờ khai."}
SETTLED = "Hai bên đã đối chiếu: tỷ lệ tính theo tờ khai tại cửa khẩu, lối mở báo cáo riêng từ kỳ sau."
# Units that let the time pass.
SILENT = frozenset({"bchqs-tinh"})


def answer(world: World, duty: Duty, number: int, *, at: datetime) -> None:
    """Whoever shares the work of the report and has somebody here answers what still waits for an answer."""
    spoken = set()
    waiting = Part.objects.filter(entry__duty=duty, state=Part.State.ASKED).exclude(unit__code__in=SILENT)
    for part in waiting.select_related("entry__task", "unit").order_by("entry__task__position", "unit__code"):
        key = (number, str(part.entry.task.number))
        if not world.has_head(part.unit.code):
            continue
        act, text = _words(key) if key not in spoken else (PartAct.CONFIRM, "")
        spoken.add(key)
        actions.answer_part(part=part, act=act, text=text, by=world.officer(part.unit.code), at=at)


def settle(world: World, duty: Duty, number: int, *, at: datetime) -> None:
    """The coordinator ends what is disputed in the report."""
    if not any(period == number for period, _ in DISPUTED):
        return
    for part in Part.objects.disputed().filter(entry__duty=duty):
        actions.settle_dispute(part=part, reason=SETTLED, by=world.coordinator, at=at)


def _words(key: tuple[int, str]) -> tuple[PartAct, str]:
    if key in DISPUTED:
        return PartAct.DISPUTE, DISPUTED[key]
    return (PartAct.AMEND, ADDED[key]) if key in ADDED else (PartAct.CONFIRM, "")
