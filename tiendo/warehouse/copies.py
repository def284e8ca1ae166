"""The copy in use: where it stands, how old it is, and a connection that reads it and nothing else."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tiendo.warehouse.engine import Connection, Limits, close_in, connect, quoted
from tiendo.warehouse.manifest import Damaged, Manifest, file_of, read_manifest


@dataclass(frozen=True)
class Copy:
    """One immutable copy. `manifest.made_at` is the date that whatever is read from it must show."""

    folder: Path
    manifest: Manifest


def copies_home() -> Path:
    """Where copies stand: in the data folder."""
    return Path(settings.TIENDO_HOME) / "warehouse"


def limits_set() -> Limits:
    """The bounds of this installation."""
    return Limits(settings.TIENDO_COPY_MEMORY, settings.TIENDO_COPY_THREADS, settings.TIENDO_COPY_SPILL)


def find_current() -> Copy | None:
    """The copy in use; None before the first was made, and when it is gone or cannot be read: then make it anew."""
    pointer = copies_home() / "current"
    if not pointer.exists():
        return None
    folder = copies_home() / pointer.read_text().strip()
    try:
        return Copy(folder, read_manifest(folder))
    except Damaged:
        return None


@contextmanager
def reading(
    copy: Copy, limits: Limits | None = None, *, on_disk: bool = False, writing: Path | None = None
) -> Iterator[Connection]:
    """A connection with one view for each table of the copy, closed in to it, with a folder to work in that goes.

    `on_disk` keeps tables that are made on the way in a file there instead of in memory; `writing` is a folder where
    results may be put.
    """
    with tempfile.TemporaryDirectory(prefix="reading-", dir=copies_home()) as beside:
        file = Path(beside, "work.duckdb") if on_disk else None
        connection = connect(file, limits=limits or limits_set(), spill=Path(beside, "spill"))
        try:
            close_in(connection, [copy.folder, Path(beside), *([writing] if writing else [])])
            for name in copy.manifest.tables:
                source = quoted(file_of(copy.folder, name))
                connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({source})")  # noqa: S608 – names
            yield connection
        finally:
            connection.close()
