"""The funding sources that come with the house. Pure.

"Chưa phân theo nguồn" holds what a report says of money: reports name no source.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

UNSPLIT = "chua-phan"
FILE = Path(__file__).with_name("sources.json")


@dataclass(frozen=True)
class ShippedSource:
    code: str
    name: str
    is_local_budget: bool


@cache
def shipped_sources() -> tuple[ShippedSource, ...]:
    """In the order in which they are listed on screen."""
    return tuple(ShippedSource(**row) for row in json.loads(FILE.read_text(encoding="utf-8")))
