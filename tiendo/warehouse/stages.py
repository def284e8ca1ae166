"""The staged SQL: one file a stage, run in order, each making or filling a table that the next ones read."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from tiendo.warehouse.engine import Connection


@dataclass(frozen=True)
class Stage:
    """A stage as it ran, with the rows it wrote."""

    name: str
    rows: int
    seconds: float


def prepare(connection: Connection) -> None:
    """The functions that stages use."""
    connection.execute(text_of("functions"))


def run(connection: Connection, names: Iterable[str], **written: str) -> list[Stage]:
    """Run stages in order. A stage makes a table or adds to one; `written` fills the braces some have."""
    return [_run(connection, name, written) for name in names]


def text_of(name: str) -> str:
    """The SQL of a stage."""
    return (files("tiendo.warehouse") / "sql" / f"{name}.sql").read_text("utf-8")


def _run(connection: Connection, name: str, written: Mapping[str, str]) -> Stage:
    started, text = time.perf_counter(), text_of(name)
    for gap, filled in written.items():
        text = text.replace(f"{{{gap}}}", filled)
    made = connection.execute(text).fetchone()
    rows = int(made[0]) if made else 0  # a view counts none
    return Stage(name, rows, time.perf_counter() - started)
