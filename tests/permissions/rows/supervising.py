"""Who may do what about supervision of branches and tasks."""

from tests.permissions.shape import COORDINATOR, Row, form, page

ROWS: list[Row] = [
    page("oversight:supervision-desk", "Nhiệm vụ cơ quan mình giám sát"),
    page("oversight:branch-list", "Cơ quan giám sát của từng nhóm (trong phạm vi được xem)"),
    page("oversight:task-unsupervised", "Nhiệm vụ chưa có cơ quan giám sát (trong phạm vi được xem)"),
    *form("oversight:branch-supervise", "Giao cơ quan giám sát một nhóm nhiệm vụ", COORDINATOR),
    *form("oversight:branch-end", "Thôi giao cơ quan giám sát một nhóm nhiệm vụ", COORDINATOR),
]
