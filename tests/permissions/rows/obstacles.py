"""Who may do what about difficulties."""

from tests.permissions.shape import Row

ROWS: list[Row] = []
