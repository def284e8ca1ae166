"""The work state of a task, and the moves a report may claim. Pure."""

from enum import StrEnum
from gettext import gettext as _


class WorkState(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING = "awaiting_confirmation"
    COMPLETED = "completed"
    PAUSED = "paused"
    CANCELLED = "cancelled"


STATE_WORDS: dict[WorkState, str] = {
    WorkState.NOT_STARTED: _("Chưa thực hiện"),
    WorkState.IN_PROGRESS: _("Đang thực hiện"),
    WorkState.AWAITING: _("Chờ xác nhận"),
    WorkState.COMPLETED: _("Hoàn thành"),
    WorkState.PAUSED: _("Tạm dừng"),
    WorkState.CANCELLED: _("Hủy"),
}

# Only a decision of the authority cancels; a unit's report cannot claim it.
REPORTABLE = (WorkState.NOT_STARTED, WorkState.IN_PROGRESS, WorkState.COMPLETED, WorkState.PAUSED)
