"""`python -m tiendo.warehouse.exporting`: a process of its own that reads a database and writes one Parquet per table.

Of its own, because DuckDB brings its own SQLite: opened in a process that also has the file open through Python's, it
would undo that one's locks. The order comes as JSON on standard input (a password has no place among arguments), the
counts of rows go to standard output. Django is not loaded here.
"""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tiendo.warehouse.engine import Connection, Limits, connect, load, quoted
from tiendo.warehouse.manifest import file_of
from tiendo.warehouse.tables import TABLES, Table, Vendor


@dataclass(frozen=True)
class Order:
    """What to read and where to write. `address` is a file of SQLite nobody else has open; empty for PostgreSQL."""

    vendor: Vendor
    address: str
    folder: Path
    spill: Path
    limits: Limits

    @classmethod
    def read(cls, text: str) -> "Order":
        given: dict[str, Any] = json.loads(text)
        os.environ.update(given.get("environment", {}))  # libpq reads a password there, out of every error message
        folder, spill, limits = Path(given["folder"]), Path(given["spill"]), Limits(**given["limits"])
        return cls(Vendor(given["vendor"]), given["address"], folder, spill, limits)


SCANNERS = {Vendor.SQLITE: "sqlite_scanner", Vendor.POSTGRESQL: "postgres_scanner"}
TYPES = {Vendor.SQLITE: "sqlite", Vendor.POSTGRESQL: "postgres"}
SCHEMAS = {Vendor.SQLITE: "source", Vendor.POSTGRESQL: "source.public"}


def export(order: Order) -> dict[str, int]:
    """Every table as of one moment; the rows of each, by its name in the copy."""
    connection = connect(None, limits=order.limits, spill=order.spill)
    load(connection, SCANNERS[order.vendor])
    connection.execute(f"ATTACH {quoted(order.address)} AS source (TYPE {TYPES[order.vendor]}, READ_ONLY)")
    connection.execute("BEGIN TRANSACTION")  # one snapshot for all tables
    rows = {table.name: _write(connection, order, table) for table in TABLES}
    connection.execute("COMMIT")
    connection.close()
    return rows


def _write(connection: Connection, order: Order, table: Table) -> int:
    selection, into = table.selection(order.vendor, SCHEMAS[order.vendor]), quoted(file_of(order.folder, table.name))
    done = connection.execute(f"COPY ({selection}) TO {into} (FORMAT parquet, COMPRESSION zstd)").fetchone()
    assert done is not None
    return int(done[0])


if __name__ == "__main__":
    print(json.dumps(export(Order.read(sys.stdin.read()))))
