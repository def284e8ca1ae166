"""Who may do what about histories of tasks."""

from tests.permissions.shape import Row

ROWS: list[Row] = []
