"""Who may do what about supervision of branches and tasks."""

from tests.permissions.shape import Row

ROWS: list[Row] = []
