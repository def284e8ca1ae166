"""Who may do what about histories of tasks."""

from tests.permissions.shape import READERS, STRANGERS, UNIT, Row, page

ROWS: list[Row] = [
    page("plans:task-history", "Lịch sử một nhiệm vụ", UNIT | READERS, unseen=STRANGERS),
    page("plans:task-act-record", "Mục nhật ký sau một dòng lịch sử", UNIT | READERS, unseen=STRANGERS),
]
