"""The real plan, read where it lies beside the project; it is not ours to copy into the repository."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tiendo.intake.extraction import read_document

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
NAME = "ke-hoach-57-lai-chau"
NEEDED = f"{DATA / NAME}.txt with its structure.json is needed for this test"


def plan_bytes() -> bytes:
    """The plan's text. Absent: a failure under CI, which must prove it; a visible skip on a lone clone."""
    path = DATA / f"{NAME}.txt"
    if not path.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NEEDED)
    return path.read_bytes()


def structure() -> dict[str, Any]:
    """What a person read in the plan by hand."""
    loaded: dict[str, Any] = json.loads((DATA / f"{NAME}.structure.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _reading(data: bytes) -> dict[str, Any]:
    return read_document(data, f"{NAME}.txt")


def plan_reading() -> dict[str, Any]:
    """Our reading of the plan."""
    return _reading(plan_bytes())
