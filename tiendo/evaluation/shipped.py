"""The sets of criteria that come with the program, to begin a draft from."""

import tomllib
from importlib.resources import files
from typing import cast

from tiendo.evaluation.checking import parse
from tiendo.evaluation.criteria import Content

PRESETS = ("366-qd-tw", "335-2025-nd-cp", "theo-doi-ke-hoach")


def preset(code: str) -> Content:
    """A shipped set, checked. Raises `KeyError` for a code that is not in `PRESETS`."""
    if code not in PRESETS:
        raise KeyError(code)
    text = (files("tiendo.evaluation") / "presets" / f"{code}.toml").read_text(encoding="utf-8")
    return parse(_with_open_ends(tomllib.loads(text)))


def _with_open_ends(data: dict[str, object]) -> dict[str, object]:
    """TOML has no null: the end of a band that is not named is open."""
    criteria = cast(list[dict[str, object]], data["criteria"])
    for criterion in criteria:
        bands = cast(list[dict[str, object]], criterion.get("bands", []))
        criterion["bands"] = [{"low": None, "high": None, **band} for band in bands]
    return data
