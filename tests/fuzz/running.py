"""Hand files to the guarded child and hear what came of each."""

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.repository import ROOT

DOCUMENTS = ROOT / "tests" / "documents"
GUARD = Path(__file__).parent / "guard"
# A few small documents of each form; the scanned page needs a program from outside.
SEEDS: Mapping[str, tuple[str, ...]] = {
    "docx": ("phu-luc-nhieu-tay.docx", "quyet-dinh-vntime.docx", "phu-luc-thanh-pho.docx"),
    "xlsx": ("bieu-theo-nam.xlsx", "chi-tieu-hang-nam.xlsx", "danh-muc-cong-trinh.xlsx"),
    "xls": ("danh-muc-cong-trinh.xls",),
    "csv": ("bang-phan-cong.cp1258.csv", "bang-phan-cong.utf16.csv", "phu-luc-chung.csv"),
    "html": ("phu-luc-nhieu-tay.html", "chi-tieu-quoc-gia.html"),
    "doc": ("ke-hoach-tinh-uy.doc", "ke-hoach-xa.doc", "chuong-trinh-hanh-dong.doc"),
    "md": ("nghi-quyet-hdnd.md", "phu-luc-chung.md"),
    "pdf": ("nhieu-bang-tieu-de.pdf", "nghi-quyet-hdnd.pdf"),
    "txt": ("ke-hoach-huyen.txt", "van-ban-quet.txt", "chuong-trinh-hanh-dong.txt"),
}
SLOWEST = 120
Task = Mapping[str, Any]


def damaged(extension: str, first: int, count: int) -> list[dict[str, Any]]:
    """Tasks for `count` damaged files of one form, counting seeds from `first`."""
    names = SEEDS[extension]
    return [
        {"name": names[seed % len(names)], "path": str(path_of(names[seed % len(names)])), "seed": seed}
        for seed in range(first, first + count)
    ]


def whole(name: str, data: bytes) -> dict[str, Any]:
    """A task for bytes made here, read exactly as the program reads them."""
    return {"name": name, "data": base64.b64encode(data).decode(), "apart": True}


def answers(tasks: Sequence[Task], seconds: int = SLOWEST) -> list[dict[str, Any]]:
    """What came of each task, in order; a reader that reached for the network or another program is a crash."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as reached:
        told = list(_told(tasks, reached.name, seconds))
        outside = reached.read()
    if outside:
        told.append({"outcome": "crash", "said": f"reached out: {outside}", "seconds": 0, "peak_mb": 0})
    return told


def _told(tasks: Sequence[Task], reached: str, seconds: int) -> list[dict[str, Any]]:
    """A child that dies is one more answer. The library of PDF pages may: we read them in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.child"],
        input="\n".join(map(json.dumps, tasks)) + "\n",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(GUARD), "TIENDO_REACHED_OUT": reached},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if len(told) == len(tasks):
        return told
    killer, rest = tasks[len(told)], tasks[len(told) + 1 :]
    died = {"outcome": "crash", "said": f"died ({done.returncode}) {done.stderr[-1500:]}", "seconds": 0, "peak_mb": 0}
    if killer["name"].endswith(".pdf") and not killer.get("apart"):
        return [*told, *_told([{**killer, "apart": True}, *rest], reached, seconds)]
    return [*told, died, *(_told(rest, reached, seconds) if rest else [])]


def crashes(tasks: Sequence[Task], seconds: int = SLOWEST) -> list[str]:
    """What a person needs to find each crash again."""
    told = answers(tasks, seconds)
    named = [f"{task['name']} seed {task.get('seed')}" for task in tasks] + ["all of them"]
    return [
        f"{name}: {each['said']}"
        for name, each in zip(named, told, strict=False)
        if each["outcome"] == "crash" or (each["outcome"] == "refused" and not is_sentence(each["said"]))
    ]


def is_sentence(text: str) -> bool:
    """One line for a person, with an end, and no trace of the program inside."""
    return bool(text) and text[0].isupper() and text.endswith(".") and "\n" not in text and "Error" not in text


def path_of(name: str) -> Path:
    """Where a document of the gold set is kept."""
    return DOCUMENTS / name
