"""What a copy says of itself: from which database, when, and of each table its rows and the hash of its file. Pure.

{"format": "tiendo-copy/1", "made_at": "2026-07-01T05:00:00+00:00", "vendor": "sqlite",
 "tables": {"observations": {"rows": 20, "bytes": 1234, "sha256": "…"}, …}}
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

FORMAT = "tiendo-copy/1"
NAME = "manifest.json"


class Damaged(ValueError):
    """A copy that does not hold what its manifest says. The message names the file."""


@dataclass(frozen=True)
class Held:
    """One file of the copy."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    made_at: datetime
    vendor: str
    tables: Mapping[str, Held]

    @property
    def version(self) -> str:
        """The name of the copy: when it was made, and what it holds."""
        held = json.dumps({name: each.sha256 for name, each in self.tables.items()}, sort_keys=True)
        return f"{self.made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{hashlib.sha256(held.encode()).hexdigest()[:12]}"

    def text(self) -> str:
        """As it stands in the folder."""
        tables = {name: asdict(each) for name, each in self.tables.items()}
        content = {"format": FORMAT, "made_at": self.made_at.isoformat(), "vendor": self.vendor, "tables": tables}
        return json.dumps(content, indent=1, sort_keys=True)


def file_of(folder: Path, table: str) -> Path:
    return folder / f"{table}.parquet"


def manifest_of(folder: Path, rows: Mapping[str, int], *, vendor: str, at: datetime) -> Manifest:
    """What stands in the folder, with the counts of rows as the writer gave them."""
    held = {name: _held(file_of(folder, name), count) for name, count in rows.items()}
    return Manifest(at, vendor, held)


def read_manifest(folder: Path) -> Manifest:
    """Raises Damaged when there is none or it is of another format."""
    try:
        content = json.loads((folder / NAME).read_text())
        if content["format"] != FORMAT:
            raise Damaged(f"{folder / NAME}: {content['format']}")
        tables = {name: Held(**each) for name, each in content["tables"].items()}
        return Manifest(datetime.fromisoformat(content["made_at"]), content["vendor"], tables)
    except (OSError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise Damaged(f"{folder / NAME}: {error}") from error


def check(folder: Path, manifest: Manifest) -> None:
    """Each file against its hash; raises Damaged for the first that differs or is missing."""
    for name, each in manifest.tables.items():
        file = file_of(folder, name)
        if not file.exists() or _held(file, each.rows) != each:
            raise Damaged(str(file))


def _held(file: Path, rows: int) -> Held:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Held(rows, file.stat().st_size, digest)
