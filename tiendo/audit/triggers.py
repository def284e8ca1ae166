"""Database triggers that make the log append-only, for both databases.

They stop mistakes and the application's own code, not the owner of the database, who can drop them: against the owner
stands the hash chain. SQLite rebuilds a table for most schema changes and loses its triggers on the way, so a later
migration that alters `audit_event` or `audit_chainhead` ends with `install`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# name, table, moment and condition under which the statement is refused, what the refusal says
_REFUSED = [
    ("audit_event_no_update", "audit_event", "UPDATE", "", "an event is never changed"),
    ("audit_event_no_delete", "audit_event", "DELETE", "", "an event is never deleted"),
    ("audit_head_only_on", "audit_chainhead", "UPDATE", "WHEN (NEW.seq <= OLD.seq)", "the head only moves on"),
    ("audit_head_no_delete", "audit_chainhead", "DELETE", "", "the head is never deleted"),
]

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; does nothing to those already there."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for name, table, *_ in _REFUSED:
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def install_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """`install` in the form RunPython calls."""
    install(schema_editor.connection)


def remove_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """`remove` in the form RunPython calls."""
    remove(schema_editor.connection)


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW {when} "
            f"EXECUTE FUNCTION audit_refuse('{words}')"
            for name, table, moment, when, words in _REFUSED
        ]
    return [
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW {when} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        for name, table, moment, when, words in _REFUSED
    ]
