"""The checking program against the application: the two share no code and must agree."""

import copy
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tiendo_verify as verify
from tiendo.audit import chain
from tiendo.audit.record import record
from tiendo.audit.sealing import seal

PROGRAM = Path(verify.__file__)
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def make_log(length, first=1):
    """A log as the application writes it, as a list of dicts: the header, then the events."""
    events, prev = [], chain.GENESIS
    for seq in range(1, length + 1):
        at = chain.iso(NOON + timedelta(seconds=seq))
        own = {"at": at, "actor": "chi", "act": "reporting.entry.accept", "subject": f"reporting.entry:{seq}"}
        detail = {"words": "Đã nhận", "number": seq}
        digest = chain.event_hash(prev, seq, at, own["actor"], own["act"], own["subject"], detail)
        events.append({"seq": seq, **own, "detail": detail, "prev": prev, "hash": digest})
        prev = digest
    events = events[first - 1 :]
    header = {
        "schema": "tiendo.log/1",
        "count": len(events),
        "first_seq": first,
        "last_seq": length,
        "prev": events[0]["prev"],
        "head": prev,
    }
    return [header, *events]


def make_release(length):
    records = [{"id": f"task:{n}", "data": {"title": f"Nhiệm vụ {n}", "percent": n}} for n in range(1, length + 1)]
    return seal(records, {"number": 1, "log_head": "a" * 64})


def rehash(event):
    event["hash"] = chain.event_hash(
        event["prev"], event["seq"], event["at"], event["actor"], event["act"], event["subject"], event["detail"]
    )


def log_text(lines):
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def checked_log(lines):
    return verify.check_log("log", log_text(lines))


def checked_release(release):
    return verify.check_release("release", verify.parse(json.dumps(release)))


def said(report):
    return [(problem.kind, problem.values.get("entry")) for problem in report.problems]


@pytest.fixture
def files(tmp_path):
    def write(name, content):
        file = tmp_path / name
        file.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
        return str(file)

    return write


# --- two programs, one arithmetic


@given(plain_values)
def test_both_programs_hash_alike(value):
    assert verify.hash_of(json.loads(json.dumps(value))) == chain.digest(value)


@given(seq=st.integers(1), actor=texts, subject=texts, detail=st.dictionaries(texts, plain_values, max_size=4))
def test_both_programs_hash_events_alike(seq, actor, subject, detail):
    at = chain.iso(NOON)
    event = {"seq": seq, "at": at, "actor": actor, "act": "a.b.c", "subject": subject, "detail": detail}
    ours = chain.event_hash(chain.GENESIS, seq, at, actor, "a.b.c", subject, detail)
    line = json.dumps({**event, "prev": chain.GENESIS, "hash": ours}, ensure_ascii=False)
    assert verify.event_hash(verify.parse(line)) == ours


@given(st.lists(plain_values, max_size=6), st.dictionaries(texts, plain_values, max_size=3))
def test_whatever_is_sealed_is_found_whole(data, header):
    release = seal([{"id": str(number), "data": each} for number, each in enumerate(data)], header)
    assert said(checked_release(release)) == []


def test_the_program_does_not_import_the_application():
    words = PROGRAM.read_text(encoding="utf-8")
    assert "import tiendo" not in words
    assert "from tiendo" not in words
    isolated = [sys.executable, "-I", "-S", str(PROGRAM), "--help"]
    assert subprocess.run(isolated, capture_output=True, check=False).returncode == 0


# --- a log


@pytest.mark.parametrize("first", [1, 4])
def test_whole_log(first):
    report = checked_log(make_log(6, first))
    assert said(report) == []
    assert report.head == make_log(6)[-1]["hash"]
    assert [note.key for note in report.notes] == ([] if first == 1 else ["since"])


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "dũng"},
        {"at": "2026-07-01T12:00:03.000001Z"},
        {"detail": {"words": "Đã nhận", "number": 3.0}},
        {"detail": {"words": "Đã nhận", "number": 3, "more": None}},
        {"prev": "f" * 64},
        {"hash": "f" * 64},
        {"comment": "a word that no hash covers"},
        {"actor": None},
    ],
    ids=str,
)
def test_changed_entry_is_named(change):
    lines = make_log(6)
    lines[3] |= change
    assert said(checked_log(lines)) == [("changed", 3)]


def test_key_written_twice_is_a_change():
    text = log_text(make_log(3)).replace('"actor": "chi"', '"actor": "dũng", "actor": "chi"', 1)
    assert said(verify.check_log("log", text)) == [("changed", 1)]


def test_line_beyond_reading_is_named_with_its_place():
    lines = log_text(make_log(5)).split("\n")
    lines[3] = lines[3][:20] + "…"
    report = verify.check_log("log", "\n".join(lines))
    assert said(report) == [("changed", 3)]
    assert "dòng 4" in report.problems[0].text(0)


def test_entry_replaced_together_with_its_hash_is_named_with_its_neighbour():
    lines = make_log(6)
    lines[3]["actor"] = "dũng"
    rehash(lines[3])
    report = checked_log(lines)
    assert said(report) == [("changed", 3)]
    assert report.problems[0].values["following"] == 4


def test_last_entry_replaced_together_with_its_hash_does_not_fit_the_header():
    lines = make_log(6)
    lines[6]["actor"] = "dũng"
    rehash(lines[6])
    assert said(checked_log(lines)) == [("changed", 6)]


def test_first_entry_replaced_does_not_join_the_start():
    lines = make_log(6, first=3)
    lines[1]["prev"] = "f" * 64
    rehash(lines[1])
    assert ("changed", 3) in said(checked_log(lines))


@pytest.mark.parametrize("number", [1, 3, 5])
def test_removed_entry_is_named_whether_or_not_the_header_is_adjusted(number):
    lines = make_log(6)
    del lines[number]
    assert said(checked_log(lines)) == [("removed", number)]
    lines[0]["count"] = 5
    assert said(checked_log(lines)) == [("removed", number)]


def test_removed_span_is_named_by_both_ends():
    lines = make_log(8)
    del lines[3:6]
    report = checked_log(lines)
    assert said(report) == [("removed", 3)]
    assert report.problems[0].text(0) == "Các mục 3 đến 5 đã bị xóa"


def test_swapped_entries_are_reordered_and_nothing_else():
    lines = make_log(6)
    lines[3], lines[4] = lines[4], lines[3]
    report = checked_log(lines)
    assert {problem.kind for problem in report.problems} == {"reordered"}
    assert len(report.problems) == 1


def test_one_entry_moved_far_is_the_one_named():
    lines = make_log(9)
    lines.insert(2, lines.pop(8))
    assert said(checked_log(lines)) == [("reordered", 8)]


@pytest.mark.parametrize("kept", [1, 4, 5])
def test_cut_log_names_the_first_entry_missing(kept):
    report = checked_log(make_log(6)[: kept + 1])
    assert said(report) == [("truncated", kept + 1)]


def test_log_cut_to_its_header():
    assert said(checked_log(make_log(6)[:1])) == [("truncated", 1)]


def test_log_cut_in_the_middle_of_a_line():
    text = log_text(make_log(6))
    kinds = {kind for kind, _ in said(verify.check_log("log", text[:-40]))}
    assert kinds == {"truncated"}


def test_entry_written_twice_is_added():
    lines = make_log(6)
    lines.insert(4, copy.deepcopy(lines[3]))
    assert said(checked_log(lines)) == [("added", 3)]


@pytest.mark.parametrize(
    "change",
    [{"count": 7}, {"last_seq": 7}, {"last_seq": 5}, {"first_seq": 2}, {"first_seq": 0}, {"prev": "f" * 64}, {"x": 1}],
    ids=str,
)
def test_changed_header_is_named(change):
    lines = make_log(6)
    lines[0] |= change
    kinds = [kind for kind, _ in said(checked_log(lines))]
    assert kinds == ["changed"]


def test_rewritten_log_fits_itself_and_fails_the_printed_head(files, capsys):
    printed = make_log(6)[0]["head"]
    forged = make_log(6)
    for index in range(3, 7):
        forged[index]["prev"] = forged[index - 1].get("hash", chain.GENESIS)
        forged[index]["actor"] = "dũng"
        rehash(forged[index])
    forged[0]["head"] = forged[-1]["hash"]
    file = files("log.jsonl", log_text(forged))
    assert verify.main([file]) == 0
    assert verify.main([file, "--head", printed]) == 1
    assert printed in capsys.readouterr().out


def test_head_printed_earlier_is_found_inside_a_longer_log(files, capsys):
    lines = make_log(6)
    assert verify.main([files("log.jsonl", log_text(lines)), "--head", lines[4]["hash"].upper()]) == 0
    assert "Mã đã in là của mục 4; sau đó có thêm 2 mục" in capsys.readouterr().out


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_single_act_on_a_log_goes_unseen(data):
    lines = make_log(7)
    act = data.draw(st.sampled_from(["change", "remove", "move", "cut"]))
    at = data.draw(st.integers(1, 6))
    if act == "change":
        lines[at][data.draw(st.sampled_from(["actor", "act", "subject", "at", "hash", "prev"]))] += "x"
    elif act == "remove":
        del lines[at]
    elif act == "move":
        lines.insert(data.draw(st.integers(1, 7).filter(lambda to: to != at)), lines.pop(at))
    else:
        del lines[at + 1 :]
    kinds = {kind for kind, _ in said(checked_log(lines))}
    assert kinds == {{"change": "changed", "remove": "removed", "move": "reordered", "cut": "truncated"}[act]}


# --- a release


@pytest.mark.parametrize("length", [0, 1, 6])
def test_whole_release(length):
    release = make_release(length)
    report = checked_release(release)
    assert said(report) == []
    assert (report.count, report.head) == (length, release["seal"])


@pytest.mark.parametrize(
    "change", [{"data": {"percent": 100}}, {"id": "task:99"}, {"digest": "f" * 64}, {"x": 1}], ids=str
)
def test_changed_record_is_named(change):
    release = make_release(6)
    release["records"][2] |= change
    assert said(checked_release(release)) == [("changed", change.get("id", "task:3"))]


def test_record_replaced_together_with_its_digest():
    release = make_release(6)
    forged = release["records"][2]
    forged["data"]["percent"] = 100
    forged["digest"] = verify.record_digest(forged)
    assert said(checked_release(release)) == [("changed", "task:3")]


def test_last_record_replaced_together_with_its_digest_does_not_fit_the_seal():
    release = make_release(6)
    forged = release["records"][5]
    forged["data"]["percent"] = 100
    forged["digest"] = verify.record_digest(forged)
    assert said(checked_release(release)) == [("changed", "task:6")]


@pytest.mark.parametrize(("index", "entry"), [(0, "task:2"), (2, "task:2"), (4, "task:4")])
def test_removed_record_is_placed(index, entry):
    release = make_release(6)
    del release["records"][index]
    assert said(checked_release(release)) == [("removed", entry)]


def test_removed_record_with_the_count_adjusted_shows_both():
    release = make_release(6)
    del release["records"][2]
    release["count"] = 5
    report = checked_release(release)
    assert said(report) == [("changed", None), ("removed", "task:2")]
    assert report.problems[0].values == {"said": 5, "found": 6}


def test_reordered_records_are_named():
    release = make_release(6)
    release["records"].insert(1, release["records"].pop(4))
    assert said(checked_release(release)) == [("reordered", "task:5")]


@pytest.mark.parametrize("kept", [1, 4])
def test_cut_release_names_the_last_record_left(kept):
    release = make_release(6)
    del release["records"][kept:]
    assert said(checked_release(release)) == [("truncated", f"task:{kept}")]


def test_emptied_release_is_cut():
    release = make_release(6)
    release["records"] = []
    assert said(checked_release(release)) == [("truncated", None)]


def test_record_added_or_copied_is_named():
    release = make_release(6)
    extra = {"id": "task:0", "prev": release["records"][1]["digest"], "data": {}}
    release["records"].insert(2, {**extra, "digest": verify.record_digest(extra)})
    assert said(checked_release(release)) == [("added", "task:0")]
    copied = make_release(6)
    copied["records"].append(copied["records"][0])
    assert said(checked_release(copied)) == [("added", "task:1")]


@pytest.mark.parametrize("change", [{"header": {"number": 2}}, {"count": 7}, {"count": 5}, {"note": "x"}], ids=str)
def test_changed_release_header_is_named(change):
    kinds = [kind for kind, _ in said(checked_release(make_release(6) | change))]
    assert kinds == ["changed"]


def test_changed_seal_is_named():
    assert [kind for kind, _ in said(checked_release(make_release(6) | {"seal": "f" * 64}))] == ["changed"]


# --- the program


def test_says_whole_in_vietnamese_and_english(files, capsys):
    lines = make_log(3)
    file = files("log.jsonl", log_text(lines))
    assert verify.main([file]) == 0
    assert f"Chuỗi nguyên vẹn: 3 mục, đầu chuỗi {lines[0]['head']}." in capsys.readouterr().out
    assert verify.main([file, "--english"]) == 0
    assert "The chain is whole: 3 entries" in capsys.readouterr().out


def test_says_what_is_wrong_and_exits_with_one(files, capsys):
    lines = make_log(3)
    lines[2]["actor"] = "dũng"
    assert verify.main([files("log.jsonl", log_text(lines))]) == 1
    assert "Mục 2 đã bị sửa: nội dung không khớp mã băm." in capsys.readouterr().out


def test_json_answer(files, capsys):
    lines = make_log(3)
    lines[2]["actor"] = "dũng"
    assert verify.main([files("log.jsonl", log_text(lines)), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    assert answer["files"][0]["problems"][0] | {"message": ""} == {
        "kind": "changed",
        "entry": 2,
        "line": 3,
        "message": "",
    }


@pytest.mark.parametrize(
    "content",
    ["", "không phải JSON", "[]", '{"schema":"khác"}', '{"schema":"tiendo.release/1","records":[', "[" * 100_000],
    ids=["empty", "words", "list", "other schema", "cut release", "deep"],
)
def test_file_that_is_not_ours_exits_with_two(files, capsys, content):
    assert verify.main([files("file", content)]) == 2
    captured = capsys.readouterr()
    assert "Không đọc được" in captured.err
    assert captured.out == ""


def test_missing_file_and_binary_file_exit_with_two(tmp_path, capsys):
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    assert verify.main([str(tmp_path / "nowhere")]) == 2
    assert verify.main([str(tmp_path / "image.png"), "--json"]) == 2
    assert '"ok": false' in capsys.readouterr().out


def test_log_given_as_release_exits_with_two(files):
    assert verify.main(["--release", files("log.jsonl", log_text(make_log(2)))]) == 2


def test_no_file_at_all_is_refused():
    with pytest.raises(SystemExit) as refused:
        verify.main([])
    assert refused.value.code == 2


def test_words_from_the_file_cannot_drive_the_terminal(files, capsys):
    release = make_release(2)
    release["records"][1]["id"] = "\x1b[2J"
    assert verify.main([files("release.json", release)]) == 1
    assert "\x1b" not in capsys.readouterr().out


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_single_act_on_a_release_goes_unseen(data):
    release = make_release(7)
    records = release["records"]
    act = data.draw(st.sampled_from(["change", "remove", "move", "cut"]))
    at = data.draw(st.integers(0, 5))
    if act == "change":
        records[at][data.draw(st.sampled_from(["id", "digest", "prev"]))] += "x"
    elif act == "remove":
        del records[at]
    elif act == "move":
        records.insert(data.draw(st.integers(0, 6).filter(lambda to: to != at)), records.pop(at))
    else:
        del records[at + 1 :]
    kinds = {kind for kind, _ in said(checked_release(release))}
    assert kinds == {{"change": "changed", "remove": "removed", "move": "reordered", "cut": "truncated"}[act]}


def test_file_that_only_fails_against_the_paper_is_not_called_broken(files, capsys):
    assert verify.main([files("log.jsonl", log_text(make_log(3))), "--head", "b" * 64]) == 1
    assert verify.main([files("release.json", make_release(3)), "--head", "b" * 64]) == 1
    out = capsys.readouterr().out
    assert out.count("Tệp tự khớp bên trong") == 2
    assert "hãy kiểm tra cùng nhật ký" in out


def test_printed_hash_of_a_release_is_its_seal_or_its_log_head(files):
    release = make_release(3)
    file = files("release.json", release)
    assert verify.main([file, "--head", release["seal"]]) == 0
    assert verify.main([file, "--head", release["header"]["log_head"]]) == 0
    assert verify.main([file, "--head", "b" * 64]) == 1


# --- with the application


def write_approval(release, act="approve"):
    record(act=f"publication.release.{act}", subject="publication.release:1", actor="an", at=NOON, seal=release["seal"])


@pytest.mark.parametrize(("act", "code"), [("correct", 0), ("propose", 1), ("withdraw", 1)])
def test_a_correction_is_an_approval_and_other_acts_are_not(db, files, tmp_path, act, code):
    first = record(act="plans.task.hide", subject="plans.task:1", actor="chi", at=NOON)
    release = seal([{"id": "task:1", "data": {"percent": 50}}], {"number": 2, "corrects": 1, "log_head": first.hash})
    write_approval(release, act)
    call_command("export_log", str(tmp_path / "log.jsonl"), stdout=StringIO())
    arguments = ["--log", str(tmp_path / "log.jsonl"), "--release", files("release.json", release)]
    assert verify.main(arguments) == code


def test_log_and_release_of_the_application_together(db, files, tmp_path, capsys):
    first = record(act="reporting.entry.accept", subject="reporting.entry:1", actor="chi", at=NOON, now="Đã nhận")
    release = seal([{"id": "task:1", "data": {"percent": 50}}], {"number": 1, "log_head": first.hash})
    write_approval(release)
    call_command("export_log", str(tmp_path / "log.jsonl"), stdout=StringIO())
    arguments = ["--log", str(tmp_path / "log.jsonl"), "--release", files("release.json", release)]
    assert verify.main(arguments) == 0
    assert "Nhật ký có sự kiện duyệt bản công bố này: mục 2" in capsys.readouterr().out


def test_release_that_the_log_does_not_approve(db, files, tmp_path, capsys):
    first = record(act="reporting.entry.accept", subject="reporting.entry:1", actor="chi", at=NOON)
    write_approval(seal([], {"number": 1, "log_head": first.hash}))
    call_command("export_log", str(tmp_path / "log.jsonl"), stdout=StringIO())
    forged = seal([{"id": "task:1", "data": {"percent": 100}}], {"number": 1, "log_head": "a" * 64})
    arguments = ["--log", str(tmp_path / "log.jsonl"), "--release", files("release.json", forged), "--json"]
    assert verify.main(arguments) == 1
    answer = json.loads(capsys.readouterr().out)
    assert [problem["kind"] for problem in answer["files"][1]["problems"]] == ["unconfirmed", "head"]
    assert answer["files"][0]["ok"]


def test_an_entry_without_a_canonical_text_does_not_fit_an_empty_hash(tmp_path):
    log = make_log(3)
    log[3]["detail"] = {"number": 1.5}
    log[3]["hash"] = log[0]["head"] = ""
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in log), encoding="utf-8")
    assert [problem.values["entry"] for problem in verify.check(str(path)).problems if problem.key == "changed"] == [3]


def test_a_release_without_a_canonical_text_does_not_fit_an_empty_seal(tmp_path):
    path = tmp_path / "release.json"
    release = make_release(2)
    release["records"][1]["data"]["percent"] = 0.5
    release["records"][1]["digest"] = release["seal"] = ""
    path.write_text(json.dumps(release), encoding="utf-8")
    assert verify.check(str(path)).problems
    empty = make_release(0) | {"header": {"number": 0.5}, "seal": ""}
    path.write_text(json.dumps(empty), encoding="utf-8")
    assert verify.check(str(path)).problems
