"""The tags that ship with the house, as data. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("data") / "tags.toml"


@dataclass(frozen=True)
class ShippedTag:
    code: str
    kind: str
    name: str


@cache
def shipped_tags() -> tuple[ShippedTag, ...]:
    """In the order of the list. Raises TypeError when a row is not whole."""
    return tuple(ShippedTag(**row) for row in tomllib.loads(LIST.read_text(encoding="utf-8"))["tag"])
