"""Who may do what about directions, meetings and follow-up items."""

from tests.permissions.shape import Row

ROWS: list[Row] = []
