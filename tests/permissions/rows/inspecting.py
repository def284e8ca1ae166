"""Who may do what about inspections."""

from tests.permissions.shape import Row

ROWS: list[Row] = []
