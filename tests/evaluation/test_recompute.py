"""`tiendo-recompute`: the rules written a second time give the same scores to the last digit, alone."""

import ast
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import tiendo_recompute
from tests.evaluation.contents import make_card, make_content, make_snapshot, make_task, snapshots
from tests.repository import ROOT
from tiendo.evaluation.content import Snapshot, export, parse, written
from tiendo.evaluation.criteria import Deadline
from tiendo.evaluation.scoring import results_data, score
from tiendo.evaluation.shaping import Misfit

PROGRAM = ROOT / "tiendo_recompute.py"


def file_of(snapshot: Snapshot) -> dict[str, Any]:
    return dict(json.loads(export(snapshot, results_data(score(snapshot)))))


def example() -> Snapshot:
    weak = make_card("B", make_task(reported=None, state="in_progress", completed_on=None, evidence=()))
    return make_snapshot(make_content(), make_card("A"), weak, resamplings=5)


def run(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, isolated: neither the checkout nor installed packages can be imported."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), str(path), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=path.parent, env={})


@given(snapshots())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_second_program_gives_the_same_on_random_snapshots(snapshot: Snapshot) -> None:
    worked, found = tiendo_recompute.checked(file_of(snapshot))
    assert not found
    assert len(worked) == len(snapshot.cards)


@given(snapshots())
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_gives_the_same_as_a_process_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, snapshot: Snapshot
) -> None:
    path = tmp_path_factory.mktemp("diem") / "diem.json"
    path.write_bytes(export(snapshot, results_data(score(snapshot))))
    done = run(path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_a_deadline_moved_past_the_term_is_not_the_delay_of_a_head_who_left() -> None:
    """Due by 1 May at first, by 31 October now; the term ended on 1 July: late for the successor alone, in both."""
    task = make_task(state="in_progress", completed_on=None, original_due=date(2025, 5, 1), due=date(2025, 10, 31))
    cards = [make_card("A", task, head_to=date(2025, 7, 1)), make_card("B", task)]
    snapshot = make_snapshot(make_content(deadline=Deadline.CURRENT), *cards)
    first, second = score(snapshot).cards
    assert first.score > second.score
    assert tiendo_recompute.checked(file_of(snapshot))[1] == []


def test_a_card_of_no_group_of_the_set_is_named() -> None:
    snapshot = make_snapshot(make_content(), make_card("A", group="nhom-la"))
    with pytest.raises(Misfit) as refused:
        parse(json.loads(written(snapshot)))
    assert [str(each) for each in refused.value.faults] == ["Phiếu A: bộ tiêu chí không có nhóm nhom-la"]
    found = tiendo_recompute.checked(file_of(snapshot))[1]
    assert [tiendo_recompute.sentence(each, 0) for each in found] == ["Phiếu A: bộ tiêu chí không có nhóm nhom-la"]


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= set(sys.stdlib_module_names)
    text = PROGRAM.read_text(encoding="utf-8")
    assert "importlib" not in text
    assert "__import__" not in text
    assert "float" not in text


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        ("score", "99", "điểm: ghi 99"),
        ("rank", 7, "thứ hạng: ghi 7"),
        ("band", "good", "xếp loại: ghi good"),
        ("rank_high", 9, "hạng kém nhất của khoảng: ghi 9"),
        ("outcome_completion", "12", "theo kết quả đầu ra: ghi 12"),
    ],
)
def test_a_changed_result_is_named_by_card(tmp_path: Path, place: str, value: object, named: str) -> None:
    data = file_of(example())
    data["results"]["cards"][1][place] = value
    path = tmp_path / "diem.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = run(path)
    assert done.returncode == 1
    assert "Phiếu B" in done.stdout
    assert named in done.stdout


def test_changed_points_are_named_by_card_and_criterion(tmp_path: Path) -> None:
    data = file_of(example())
    data["results"]["cards"][0]["criteria"][0]["points"] = "59"
    path = tmp_path / "diem.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = run(path, "--english")
    assert done.returncode == 1
    assert "Card A, criterion nhiem-vu: says 59 points, worked out 60" in done.stdout


def test_a_changed_snapshot_does_not_fit_its_hash() -> None:
    data = file_of(example())
    data["snapshot"]["cards"][0]["tasks"][0]["reported"] = "50"
    kinds = {each["kind"] for each in tiendo_recompute.checked(data)[1]}
    assert kinds >= {"seal", "points", "card"}


def test_changed_criteria_do_not_fit_theirs() -> None:
    data = file_of(example())
    data["snapshot"]["criteria"]["criteria"][0]["name"] = "Khác"
    assert "rules" in {each["kind"] for each in tiendo_recompute.checked(data)[1]}


def test_cards_left_out_or_added_are_named() -> None:
    data = file_of(example())
    data["results"]["cards"][0]["key"] = "Z"
    found = {(each["kind"], each.get("key")) for each in tiendo_recompute.checked(data)[1]}
    assert {("missing_card", "A"), ("extra_card", "Z")} <= found


def test_a_bare_snapshot_says_what_it_gives(tmp_path: Path) -> None:
    path = tmp_path / "ban-chup.json"
    path.write_bytes(written(example()))
    done = run(path, "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 0
    assert said["compared"] is False
    assert [card["score"] for card in said["cards"]] == [
        format(card.score.normalize(), "f") for card in score(example()).cards
    ]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"schema":"tiendo-snapshot/1"}', '{"schema":"tiendo-scores/1","snapshot":{}}', "\x00"]
)
def test_what_cannot_be_read_is_code_2(tmp_path: Path, text: str) -> None:
    path = tmp_path / "la.json"
    path.write_text(text, encoding="utf-8")
    done = run(path)
    assert done.returncode == 2
    assert "Không đọc được" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_file_is_code_2(tmp_path: Path) -> None:
    assert run(tmp_path / "khong-co.json").returncode == 2


def forged(data: dict[str, Any], what: str) -> None:
    """Change what the words say, not the numbers."""
    card = data["results"]["cards"][0]
    if what == "band_name":
        card["band_name"] = "Hoàn thành xuất sắc nhiệm vụ"
    elif what == "group":
        card["group"] = "khac"
    elif what == "name":
        card["criteria"][0]["name"] = "Tiêu chí khác"
    elif what == "weight":
        card["criteria"][0]["weight"] = "1"
    elif what == "card":
        data["results"]["cards"].insert(0, {**card, "score": "100", "rank": 1})
    else:
        card["criteria"].insert(0, {**card["criteria"][0], "points": "100"})


@pytest.mark.parametrize("what", ["band_name", "group", "name", "weight", "card", "criterion"])
def test_words_and_doubles_put_beside_the_numbers_are_found(what: str) -> None:
    data = file_of(example())
    assert tiendo_recompute.checked(data)[1] == []
    forged(data, what)
    found = tiendo_recompute.checked(data)[1]
    assert found
    assert all(tiendo_recompute.sentence(each, language) for each in found for language in (0, 1))
