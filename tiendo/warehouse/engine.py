"""Connections to DuckDB within set bounds: memory, threads, room to spill; extensions come from our packages alone."""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Limits:
    """What one computation may take of the machine; sizes as DuckDB reads them ("2GB")."""

    memory: str = "2GB"
    threads: int = 2
    spill: str = "20GB"


def connect(file: Path | None, *, limits: Limits, spill: Path) -> Connection:
    """A database of its own (in memory without a file) that spills into the folder when memory is short."""
    wanted: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": limits.memory,
        "threads": limits.threads,
        "temp_directory": str(spill),
        "max_temp_directory_size": limits.spill,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }
    return duckdb.connect(str(file) if file else ":memory:", config=wanted)


def close_in(connection: Connection, folders: Iterable[Path]) -> None:
    """From here on it reads and writes inside these folders only, reaches nothing else and cannot be told otherwise."""
    allowed = ", ".join(quoted(f"{folder}/") for folder in folders)
    connection.execute(f"SET allowed_directories = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def load(connection: Connection, extension: str) -> None:
    """A signed extension out of the Python package that carries it; no network is asked."""
    package = importlib.import_module(f"duckdb_extension_{extension}")
    folder = Path(str(package.__file__)).parent / "extensions" / f"v{duckdb.__version__}"
    connection.execute(f"LOAD {quoted(folder / f'{extension}.duckdb_extension')}")


def quoted(text: object) -> str:
    """A string literal of SQL."""
    return "'" + str(text).replace("'", "''") + "'"
