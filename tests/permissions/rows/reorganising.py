"""Who may do what about units that change."""

from tests.permissions.shape import Row

ROWS: list[Row] = []
