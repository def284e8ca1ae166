#!/usr/bin/env python3
"""Tính lại điểm và thứ hạng từ bản chụp số liệu. / Work out scores and ranks again from a snapshot.

One file on the Python standard library alone; it shares no code with tiendo.

    python3 tiendo_recompute.py diem.json

Exit codes: 0 equal, 1 differs, 2 cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from typing import Any


class Unreadable(Exception):
    """The file cannot be read as a snapshot of scores."""


def canonical(value: Any) -> bytes:
    """The one text of a JSON value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sha256_of(value: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def read(path: str) -> dict[str, Any]:
    """The exported file. Raises `Unreadable`."""
    try:
        with open(path, "rb") as file:
            data = json.loads(file.read())
    except (OSError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if not isinstance(data, dict) or data.get("schema") != "tiendo-scores/1":
        raise Unreadable("not an export of scores")
    return data


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    parser = argparse.ArgumentParser(description="Tính lại điểm từ bản chụp số liệu")
    parser.add_argument("file")
    options = parser.parse_args(arguments)
    try:
        data = read(options.file)
    except Unreadable as error:
        print(f"Không đọc được {options.file}: {error}", file=sys.stderr)
        return 2
    if sha256_of(data.get("snapshot")) != data.get("sha256"):
        print("Bản chụp đã bị sửa: mã băm không khớp.")
        return 1
    print("Bản chụp nguyên vẹn.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
