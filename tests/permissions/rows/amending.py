"""Who may do what about amendments of the plan."""

from tests.permissions.shape import Row

ROWS: list[Row] = []
