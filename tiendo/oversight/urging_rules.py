"""The rules by which the system reminds, urges and tells those above, in words a person can check. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.oversight.plan_calls import REMIND_BEFORE
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Rules:
    """`remind`: working days around the last good day of a report, negative ones after it. `task_late` and `stale`:
    days. `desk` and `escalate`: working days on one desk, or without an answer."""

    remind: Sequence[int]
    task_late: int
    stale: int
    desk: int
    escalate: int


def rule_words(rules: Rules) -> list[str]:
    """One sentence for each rule, in the order in which they come to bear."""
    before = [day for day in rules.remind if day > 0]
    after = [-day for day in rules.remind if day < 0]
    found = [
        Sentence.of(_("Báo cáo định kỳ: nhắc trước hạn {days} ngày làm việc."), days=_days(before)) if before else "",
        _("Báo cáo định kỳ: nhắc trong ngày cuối.") if 0 in rules.remind else "",
        Sentence.of(
            _("Báo cáo quá hạn {days} ngày làm việc: nhắc lại, báo thủ trưởng; quá {last} ngày: báo cấp trên."),
            days=_days(after),
            last=max(after),
        )
        if after
        else "",
        Sentence.of(
            _("Báo cáo nằm một nơi quá {desk} ngày làm việc: nhắc người giữ; quá {escalate} ngày: báo cấp trên."),
            desk=rules.desk,
            escalate=rules.escalate,
        ),
        Sentence.of(_("Nhiệm vụ quá hạn {days} ngày mà chưa xong: hỏi đơn vị chủ trì."), days=rules.task_late),
        Sentence.of(_("Nhiệm vụ {days} ngày chưa có báo cáo được tiếp nhận: hỏi đơn vị chủ trì."), days=rules.stale),
        Sentence.of(
            _("Đôn đốc không ai xem, không trả lời sau {days} ngày làm việc: báo cấp trên."), days=rules.escalate
        ),
        _("Việc được giao sau chỉ đạo, kiểm tra quá hạn: hôm sau báo đơn vị, cấp trên và người giao."),
        Sentence.of(
            _("Kế hoạch đơn vị phải lập: nhắc trước hạn {days} ngày làm việc và khi đã quá hạn."), days=REMIND_BEFORE
        ),
    ]
    return [words for words in found if words]


def _days(days: Sequence[int]) -> str:
    return ", ".join(str(day) for day in days)
