"""`tiendo import`: what would come of a file, and taking what is sure; every answer for people and for programs."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import World
from tests.intake.conftest import SAMPLE
from tiendo.audit.models import Event
from tiendo.intake.management import progress_line
from tiendo.intake.management.progress_line import ProgressLine
from tiendo.intake.models import Import, Proposal
from tiendo.plans.models import Annex, Plan, StoredFile, Task

ANNEX = """PHỤ LỤC II

TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn | Sản phẩm
1 | Lắp điểm đọc số tại 20 xã vùng cao | Sở Khoa học và Công nghệ | | Quý IV/2026 | 20 điểm đọc
2 | Làm kho sách nói tiếng dân tộc | Hội Sách nói | | | Kho sách
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(units: World) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        out, err, status = io.StringIO(), io.StringIO(), 0
        try:
            call_command("import", *map(str, arguments), stdout=out, stderr=err)
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        return status, out.getvalue(), err.getvalue()

    return call


@pytest.fixture
def annex(tmp_path: Path) -> Path:
    path = tmp_path / "phu-luc.txt"
    path.write_text(ANNEX, encoding="utf-8")
    return path


@pytest.fixture
def plan(run: Run) -> Plan:
    run(SAMPLE / "ke-hoach.docx", "--plan", "kh68", "--owner", "ubnd-tinh", "--accept-sure")
    return Plan.objects.get(code="kh68")


def answer(out: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(out)
    assert found["schema"] == "tiendo.import/1"
    return found


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Import, Proposal, StoredFile, Plan, Task, Event))


def test_a_dry_run_writes_nothing_at_all(run: Run, annex: Path) -> None:
    before = rows()
    written: list[str] = []

    def watch(execute: Any, sql: str, *args: Any) -> Any:
        if not re.match(r"\s*(SELECT|SAVEPOINT|RELEASE)", sql):
            written.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(watch):
        status, out, err = run(annex, "--dry-run", "--json")
    assert (rows(), written, err) == (before, [], "")
    told = answer(out)
    assert (status, told["act"], told["counts"]["task"]) == (3, "dry-run", {"read": 2, "unsure": 1})
    assert [each["title"] for each in told["left"]] == ["Làm kho sách nói tiếng dân tộc"]


def test_a_new_plan_takes_what_is_sure_and_says_what_it_left(run: Run, units: World) -> None:
    status, out, _err = run(
        SAMPLE / "ke-hoach.docx", "--plan", "kh68", "--owner", "ubnd-tinh", "--accept-sure", "--json"
    )
    told = answer(out)
    plan = Plan.objects.get(code="kh68")
    assert (status, told["plan"], told["version"], plan.owner) == (3, "kh68", 1, units.province)
    assert plan.tasks.count() == told["counts"]["task"]["read"] - told["counts"]["task"]["unsure"]
    left = {each["key"] for each in told["left"] if each["kind"] == "task"}
    assert left == set(Import.objects.get().proposals.filter(kind="task", sure=False).values_list("key", flat=True))
    assert Event.objects.get(act="intake.import.accept").actor == units.chi.username


def test_an_annex_joins_its_plan_and_nothing_is_left(run: Run, plan: Plan) -> None:
    status, out, _err = run(
        SAMPLE / "phu-luc-2.docx", "--plan", "KH68", "--annex", "Phụ lục II", "--accept-sure", "--json"
    )
    told = answer(out)
    assert (told["act"], told["version"], status) == ("accepted", 2, 3 if told["left"] else 0)
    assert Annex.objects.get(plan=plan, label="Phụ lục II").document is not None


def test_a_changed_file_shows_its_differences_and_takes_the_sure_ones(
    run: Run, plan: Plan, annex: Path, tmp_path: Path
) -> None:
    run(annex, "--plan", "kh68", "--annex", "Phụ lục II", "--accept-sure")
    changed = tmp_path / "moi.txt"
    changed.write_text(ANNEX.replace("Quý IV/2026", "Quý I/2027"), encoding="utf-8")
    before = rows()
    status, out, _err = run(changed, "--plan", "kh68", "--annex", "Phụ lục II", "--dry-run", "--json")
    told = answer(out)
    assert (rows(), status, told["base"]) == (before, 3, 2)
    tasks = [(each["change"], each["ref"]) for each in told["differences"] if each["kind"] == "task"]
    assert tasks == [("changed", "kh68-" + plan.tasks.get(number="1").code[-3:]), ("added", "")]
    assert [each["title"] for each in told["left"] if each["kind"] == "task"] == ["Làm kho sách nói tiếng dân tộc"]
    run(changed, "--plan", "kh68", "--annex", "Phụ lục II", "--accept-sure", "--from", "2026-08-01")
    task = plan.tasks.get(number="1")
    assert (str(task.due_on), plan.version.number, str(plan.version.in_force_from)) == ("2027-03-31", 3, "2026-08-01")


def test_no_version_is_made_of_a_change_nobody_is_sure_of(run: Run, plan: Plan, annex: Path, tmp_path: Path) -> None:
    run(annex, "--plan", "kh68", "--annex", "Phụ lục II", "--accept-sure")
    changed = tmp_path / "moi.txt"
    changed.write_text(ANNEX.replace("Sở Khoa học và Công nghệ", "Hội Sách nói"), encoding="utf-8")
    status, out, _err = run(changed, "--plan", "kh68", "--annex", "Phụ lục II", "--accept-sure", "--json")
    assert (status, answer(out)["act"], plan.version.number) == (3, "proposed", 2)


def test_without_a_way_the_file_waits_for_a_person(run: Run, annex: Path) -> None:
    status, out, _err = run(annex)
    assert (status, Import.objects.get().status) == (3, "proposed")
    assert "chờ người xem" in out
    assert "Cần người xem (3)" in out


def test_the_same_file_again_changes_nothing(run: Run, plan: Plan) -> None:
    before = rows()
    status, out, _err = run(SAMPLE / "ke-hoach.docx", "--plan", "kh68", "--accept-sure", "--json")
    told = answer(out)
    assert (status, told["act"], rows()) == (3, "known", before)
    assert {each["sure"] for each in told["left"]} == {False}


def test_the_same_file_again_with_nothing_left_is_done(run: Run, plan: Plan) -> None:
    Import.objects.get().proposals.update(decision="accepted")
    status, out, _err = run(SAMPLE / "ke-hoach.docx", "--plan", "kh68", "--accept-sure", "--json")
    assert (status, answer(out)["act"], answer(out)["left"]) == (0, "known", [])


def test_a_file_that_waits_is_taken_by_a_second_call(run: Run, annex: Path, plan: Plan) -> None:
    run(annex, "--plan", "kh68", "--annex", "Phụ lục II")
    status, out, _err = run(annex, "--plan", "kh68", "--annex", "Phụ lục II", "--accept-sure", "--json")
    assert (status, answer(out)["version"]) == (3, 2)


def test_an_unreadable_file_is_one_sentence_and_status_two(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04" + b"\0" * 64)
    before = rows()
    for name in ("hong.docx", "khong-co.docx"):
        for way in ("--dry-run", "--accept-sure"):
            status, out, err = run(tmp_path / name, way, "--plan", "x", "--owner", "ubnd-tinh", "--json")
            assert (status, out, err.count("\n")) == (2, "", 1)
    assert rows() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--accept-sure"], "--plan"),
        (["--accept-sure", "--plan", "moi"], "--owner"),
        (["--accept-sure", "--plan", "moi", "--owner", "khong-co"], "khong-co"),
        (["--annex", "Phụ lục II"], "--plan"),
        (["--annex", "Phụ lục II", "--plan", "NOPE"], "Không có kế hoạch mang mã “NOPE”"),
        (["--by", "khong-co"], "khong-co"),
        (["--by", "an"], "Cơ quan đầu mối"),
    ],
)
def test_what_is_wanting_is_named_and_nothing_is_kept(run: Run, annex: Path, options: list[str], said: str) -> None:
    before = rows()
    with pytest.raises(CommandError, match=said):
        run(annex, *options)
    assert rows() == before


def test_an_annex_the_plan_does_not_name_is_refused(run: Run, plan: Plan, annex: Path) -> None:
    with pytest.raises(CommandError, match="Phụ lục I, Phụ lục II"):
        run(annex, "--plan", "kh68", "--annex", "Phụ lục 9")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "lines"), [(Terminal(), 0), (io.StringIO(), 2)])
def test_progress_rewrites_its_line_only_on_a_terminal(
    stream: io.StringIO, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter([0.0, 0.5, 1.5, 2.0, 9.0])
    monkeypatch.setattr(progress_line, "time", type("Clock", (), {"monotonic": staticmethod(lambda: next(now))}))
    with ProgressLine(stream, "a.pdf") as progress:
        for share in (0.1, 0.25, 0.3, 0.8):
            progress(share)
    assert stream.getvalue().count("\n") == lines
    assert "25 %" in stream.getvalue()
    assert "10 %" not in stream.getvalue()
    assert not lines or stream.getvalue().splitlines() == ["Đang đọc “a.pdf”: 25 %", "Đang đọc “a.pdf”: 80 %"]
