"""Making the copy: beside the old one, checked, then put in its place with one rename. Losing it loses nothing.

<data folder>/warehouse/
    current                          the name of the copy in use
    20260701T050000Z-3f2a91c07b44/   one Parquet file a table, and manifest.json
"""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection

from tiendo.warehouse.copies import Copy, copies_home, limits_set
from tiendo.warehouse.manifest import NAME, Manifest, check, manifest_of
from tiendo.warehouse.tables import Vendor

KEPT = 2  # the one in use and the one before it, which somebody may still be reading


class Failed(RuntimeError):
    """The process that writes the copy gave up; the message is what it said."""


@dataclass(frozen=True)
class Source:
    """What the process may open: a file of SQLite that nobody else has open, or what libpq finds in its environment."""

    vendor: Vendor
    address: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def build(*, at: datetime) -> Copy:
    """A copy of the working database as of now, in use from here on. Raises `Failed`, and the old one stays in use."""
    home = copies_home()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(home), tempfile.TemporaryDirectory(prefix="making-", dir=home) as made:
        folder = Path(made, "copy")
        folder.mkdir()
        manifest = manifest_of(folder, _export(folder), vendor=connection.vendor, at=at)
        (folder / NAME).write_text(manifest.text())
        check(folder, manifest)
        copy = _put_in_place(home, folder, manifest)
        _drop_old(home, copy)
    return copy


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One builder at a time; the next waits. What a killed one left behind is cleared."""
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in home.glob("making-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _export(folder: Path) -> dict[str, int]:
    """Have a process of its own write the files; the rows of each table."""
    with tempfile.TemporaryDirectory(prefix="source-", dir=folder.parent) as beside:
        order = asdict(_source(Path(beside))) | {"folder": str(folder), "spill": beside, "limits": asdict(limits_set())}
        command = [sys.executable, "-m", "tiendo.warehouse.exporting"]
        surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(  # noqa: S603 – our own program
            command, input=json.dumps(order), capture_output=True, text=True, env=surroundings, check=False
        )
    if done.returncode:
        raise Failed(done.stderr.strip().rsplit("\n", 1)[-1] or str(done.returncode))
    rows: dict[str, int] = json.loads(done.stdout)
    return rows


def _source(beside: Path) -> Source:
    """Where the process reads. SQLite is copied first, by the library that has it open: see `exporting`."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        file = beside / "source.sqlite3"
        whole = sqlite3.connect(file)
        connection.connection.backup(whole)
        whole.close()
        return Source(Vendor.SQLITE, str(file))
    given = connection.get_connection_params()
    names = {"dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT"}
    environment = {names[key]: str(value) for key, value in given.items() if key in names and value}
    return Source(Vendor.POSTGRESQL, environment=environment)


def _put_in_place(home: Path, folder: Path, manifest: Manifest) -> Copy:
    """Rename the folder to its version, then point to it; the same version made twice at once is the same copy."""
    place = home / manifest.version
    if not place.exists():
        folder.rename(place)
    pointer = folder.parent / "current"
    pointer.write_text(manifest.version)
    pointer.replace(home / "current")
    return Copy(place, manifest)


def _drop_old(home: Path, current: Copy) -> None:
    others = sorted((each for each in home.iterdir() if (each / NAME).exists()), reverse=True)
    for old in [each for each in others if each != current.folder][KEPT - 1 :]:
        shutil.rmtree(old)
