"""Who may do what about the registers."""

from tests.permissions.shape import Row

ROWS: list[Row] = []
