"""The checking program run as anybody would run it, and the ways in which a file may be spoiled."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[2] / "tiendo_verify.py"


def verify(*arguments: str | Path) -> tuple[int, str]:
    """The exit status and all that was said; without the application: isolated, standard library alone."""
    command = [sys.executable, "-I", str(PROGRAM), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def _changed_line(lines: list[str]) -> tuple[list[str], str]:
    """One digit of a percentage that was accepted."""
    at = next(n for n, line in enumerate(lines) if '"plans.task.progress"' in line)
    spoiled = re.sub(r'("percent": ?"?)(\d)', lambda found: found[1] + str((int(found[2]) + 1) % 10), lines[at])
    assert spoiled != lines[at]
    return [*lines[:at], spoiled, *lines[at + 1 :]], f"Mục {_seq(lines[at])} đã bị sửa"


def _removed_line(lines: list[str]) -> tuple[list[str], str]:
    return [*lines[:5], *lines[6:]], f"Mục {_seq(lines[5])} đã bị xóa"


def _swapped_lines(lines: list[str]) -> tuple[list[str], str]:
    return [*lines[:5], lines[6], lines[5], *lines[7:]], f"Mục {_seq(lines[6])} đã bị đổi chỗ"


def _cut_lines(lines: list[str]) -> tuple[list[str], str]:
    return lines[:-3], f"Bị cắt phần cuối: thiếu từ mục {_seq(lines[-3])} đến mục {_seq(lines[-1])}"


def _seq(line: str) -> int:
    seq: int = json.loads(line)["seq"]
    return seq


SPOILED_LOGS: dict[str, Callable[[list[str]], tuple[list[str], str]]] = {
    "changed": _changed_line,
    "removed": _removed_line,
    "swapped": _swapped_lines,
    "truncated": _cut_lines,
}

Records = list[dict[str, Any]]


def _changed_record(records: Records) -> tuple[Records, str]:
    """One digit of a published percentage."""
    one = next(record for record in records if record["id"].startswith("task:") and "40" in json.dumps(record["data"]))
    one["data"] = json.loads(json.dumps(one["data"]).replace("40", "41", 1))
    return records, f"Mục {one['id']} đã bị sửa"


def _removed_record(records: Records) -> tuple[Records, str]:
    told = f"Giữa mục {records[6]['id']} và mục {records[8]['id']} có mục đã bị xóa"
    return [*records[:7], *records[8:]], told


def _swapped_records(records: Records) -> tuple[Records, str]:
    return [*records[:7], records[8], records[7], *records[9:]], f"Mục {records[8]['id']} đã bị đổi chỗ"


def _cut_records(records: Records) -> tuple[Records, str]:
    return records[:-2], f"Bị cắt phần cuối: sau mục {records[-3]['id']}"


SPOILED_RELEASES: dict[str, Callable[[Records], tuple[Records, str]]] = {
    "changed": _changed_record,
    "removed": _removed_record,
    "swapped": _swapped_records,
    "truncated": _cut_records,
}
