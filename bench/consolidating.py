"""Consolidating 150 reports of 70 tasks: accepted records into the official report, beside merging 150 Excel files.

`python -m bench.consolidating` fills a database of its own, issues the report as the coordinator does, and does in the
same run what an office does with the same words in 150 files. The figures go to var/bench/ for `bench.report`.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

UNITS, TASKS_EACH = 150, 70
ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "bench" / "consolidating"
HEAD = ("TT", "Mã", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Trạng thái", "Tỷ lệ", "Kết quả", "Khó khăn")
OPENED = 10  # files that the office program is asked to open; the time of all is worked out from them


@dataclass
class Clock:
    """Seconds of each step, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.consolidating", description=__doc__)
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--tasks", type=int, default=TASKS_EACH, help="of each unit")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder for the figures")
    asked = parser.parse_args(argv)
    clock, facts = Clock(), {}
    period, coordinator = _filled(asked.units, asked.tasks)
    facts |= _issue(period, coordinator, clock)
    with tempfile.TemporaryDirectory(prefix="tiendo-bench-excel-") as folder:
        files = _write_files(period, Path(folder))
        facts |= _merge(files, Path(folder) / "tong-hop.xlsx", clock)
        _open_in_office(files, Path(folder), clock)
    facts |= {"units": asked.units, "tasks": asked.tasks, "seconds": clock.seconds, "processors": os.cpu_count()}
    asked.results.mkdir(parents=True, exist_ok=True)
    (asked.results / "figures.json").write_text(json.dumps(facts, indent=1))
    print(section(facts))


def _filled(units: int, tasks_each: int) -> tuple[Any, Any]:
    """An emptied database with a closed period in which every task has an accepted report; and the coordinator."""
    from django.core.management import call_command
    from django.utils import timezone

    from bench import generate, reports
    from bench.generate import Size

    call_command("migrate", verbosity=0)
    at, size = timezone.now(), Size(tasks=units * tasks_each, units=units, periods=2)
    province = generate.make_province(size, at=at)
    plan, tasks = generate.make_plan(size, province, at=at)
    reports.make_reports(size, plan, tasks, province, at=at)
    plan.tasks.update(followed_from=at.date() - timedelta(days=400))
    _backdated(plan, at - timedelta(days=400))
    return plan.periods.exclude(closed_at=None).get(), province.coordinator


def _backdated(plan: Any, at: Any) -> None:
    """Tasks, leads and deadlines stood long before the period closed."""
    from tiendo.plans.models import Assignment, DeadlineLine

    Assignment.objects.filter(task__plan=plan).update(started_at=at)
    DeadlineLine.objects.filter(task__plan=plan).update(recorded_at=at)


def _issue(period: Any, coordinator: Any, clock: Clock) -> dict[str, Any]:
    """The whole act, and in it the typesetting of the PDF, which takes the most."""
    from django.utils import timezone

    from tiendo.reporting.actions import issue_report, issuing

    typeset: Callable[..., bytes] = issuing.render_pdf

    def timed(*given: Any, **named: Any) -> bytes:
        with clock.step("of it the PDF"):
            return typeset(*given, **named)

    issuing.render_pdf = timed
    try:
        with clock.step("official report"):
            issued = issue_report(period=period, by=coordinator, at=timezone.now(), confirmed=True)
    finally:
        issuing.render_pdf = typeset
    sizes = {name: getattr(issued, name).size for name in ("docx", "pdf", "workbook")}
    total = next(figure for figure in issued.figures if figure["key"] == "total")
    typesetter = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    counts = {"counted": int(total["value"]), "records": len(total["submissions"])}
    return counts | {"bytes": sizes, "typesetter_bytes": typesetter}


def _write_files(period: Any, folder: Path) -> list[Path]:
    """What each unit would have sent by e-mail: its tasks and words in a sheet of nine columns."""
    from tiendo.plans.states import STATE_WORDS

    files = []
    for duty in period.duties.select_related("unit").order_by("pk"):
        file = folder / f"{duty.unit.code}.xlsx"
        book = xlsxwriter.Workbook(str(file))
        page = book.add_worksheet("Báo cáo")
        page.write_row(0, 0, HEAD)
        entries = duty.entries.select_related("task").order_by("task__position")
        for y, entry in enumerate(entries, 1):
            task, due = entry.task, f"{entry.task.due_on:%d/%m/%Y}" if entry.task.due_on else ""
            state = str(STATE_WORDS[entry.state])
            words = (y, task.code, task.title, duty.unit.name, due, state, float(entry.percent), entry.result)
            page.write_row(y, 0, (*words, entry.difficulty))
        book.close()
        files.append(file)
    return files


def _merge(files: list[Path], into: Path, clock: Clock) -> dict[str, Any]:
    """Read every file, put the rows under one another, count them by state, write one workbook."""
    with clock.step("merging Excel files"):
        rows: list[list[Any]] = []
        for file in files:
            found = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
            if tuple(found[0]) != HEAD:
                raise ValueError(f"{file.name} has other columns")
            rows += found[1:]
        counts = Counter(row[5] for row in rows)
        book = xlsxwriter.Workbook(str(into))
        merged, summary = book.add_worksheet("Tổng hợp"), book.add_worksheet("Thống kê")
        for y, row in enumerate([HEAD, *rows]):
            merged.write_row(y, 0, row)
        for y, pair in enumerate(counts.items()):
            summary.write_row(y, 0, pair)
        book.close()
    return {"merged": len(rows), "merged_bytes": into.stat().st_size}


def _open_in_office(files: list[Path], folder: Path, clock: Clock) -> None:
    """Opened by the office program, one file after another, as somebody does who copies out of them."""
    office = shutil.which("soffice")
    if office is None:
        return
    some = files[:OPENED]
    home = f"-env:UserInstallation=file://{folder}/office"
    started = time.perf_counter()
    for file in some:
        command = [office, home, "--headless", "--convert-to", "csv", "--outdir", str(folder), str(file)]
        subprocess.run(command, capture_output=True, check=True, timeout=120)  # noqa: S603 – our own command
    clock.seconds["opening the files"] = (time.perf_counter() - started) / len(some) * len(files)


def section(facts: dict[str, Any]) -> str:
    """The figures as a part of docs/reference/performance.md. Ratios first: they travel between machines."""
    seconds, base = facts["seconds"], facts["seconds"]["merging Excel files"]
    rows = [(WORDS[name], taken) for name, taken in seconds.items()]
    width = max(len(words) for words, _taken in rows)
    lines = [f"| {'what':{width}} | × merging |  seconds |", f"| {'-' * width} | --------: | -------: |"]
    lines += [f"| {words:{width}} | {taken / base:9.1f} | {taken:8.1f} |" for words, taken in rows]
    sizes = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in facts["bytes"].items())
    memory = f"{facts['typesetter_bytes'] / 1e6:.0f}"
    head = HEADING.format(entries=facts["units"] * facts["tasks"], sizes=sizes, memory=memory, **facts)
    return "\n".join([head, *lines, "", AFTER])


WORDS = {
    "of it the PDF": "of which typesetting the PDF",
    "official report": "issuing the official report: DOCX, PDF, workbook, sealed",
    "merging Excel files": "reading and merging as many Excel files into one sheet, by program",
    "opening the files": "opening those files one after another in LibreOffice",
}
HEADING = """## Consolidating a period

{units} units, {tasks} tasks each, {entries} accepted entries; both sides in one run on one machine. The report holds
{counted} tasks with {records} records; the merged sheet holds {merged} rows.
Files: {sizes}; the typesetter held at most {memory} MB.
"""
AFTER = """The merging program is told where everything stands and that all files are alike; it gives one sheet and a
count by state. The report gives the paper to sign with every figure tied to its records, the annexes (the long ones in
its workbook, named by hash), and the manifest by which an edited digit is found. Nobody's time for asking after wrong
files is in either figure.
"""


def start() -> None:
    """Set Django up in a data folder of its own, then measure."""
    import django

    with tempfile.TemporaryDirectory(prefix="tiendo-bench-") as home:
        os.environ |= {"TIENDO_HOME": home, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        django.setup()
        main(sys.argv[1:])


if __name__ == "__main__":
    start()
