"""A table without its indexes and its foreign keys' look-ups for as long as much is loaded into it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# Constraints that are indexes, then the indexes that are no constraint; the primary key stays.
_UNIQUE = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u'
"""
_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s
    AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)
"""


@contextmanager
def unhindered(table: str) -> Iterator[None]:
    """Nothing is looked up and no index kept up to date inside; afterwards all stand again as they were."""
    before, after = (_postgres if connection.vendor == "postgresql" else _sqlite)(table)
    _all(before)
    yield
    _all(after)


def _all(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _postgres(table: str) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(_UNIQUE, [table])
        unique = cursor.fetchall()
        cursor.execute(_INDEXES, [table, table])
        indexes = cursor.fetchall()
    before = ["SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'"]
    before += [f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for name, _definition in unique]
    before += [f'DROP INDEX "{name}"' for name, _definition in indexes]
    after = [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for name, definition in unique]
    after += [definition for _name, definition in indexes]
    return before, [*after, "SET session_replication_role = origin", f"ANALYZE {table}"]


def _sqlite(table: str) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql <> ''", [table]
        )
        indexes = cursor.fetchall()
    pragmas = ["foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"]
    before = [f"PRAGMA {each}" for each in pragmas] + [f'DROP INDEX "{name}"' for name, _definition in indexes]
    restored = ["foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "cache_size = -2000"]
    return before, [definition for _name, definition in indexes] + [f"PRAGMA {each}" for each in restored] + [
        f"ANALYZE {table}"
    ]
