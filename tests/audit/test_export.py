import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tiendo.audit import triggers
from tiendo.audit.export import write_log
from tiendo.audit.models import Event


def exported(**options):
    out = StringIO()
    write_log(out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_header_says_what_follows(db, write):
    events = [write(number, words="Đã nhận") for number in range(3)]
    header, *lines = exported()
    assert header == {
        "schema": "tiendo.log/1",
        "count": 3,
        "first_seq": 1,
        "last_seq": 3,
        "prev": "0" * 64,
        "head": events[-1].hash,
    }
    assert [line["hash"] for line in lines] == [event.hash for event in events]
    assert lines[0] == {
        "seq": 1,
        "at": "2026-07-01T12:00:00.000000Z",
        "actor": "chi",
        "act": "reporting.entry.accept",
        "subject": "reporting.entry:0",
        "detail": {"words": "Đã nhận"},
        "prev": "0" * 64,
        "hash": events[0].hash,
    }


def test_part_of_the_log_names_the_hash_it_begins_after(db, write):
    events = [write(number) for number in range(3)]
    header, *lines = exported(since=2)
    assert (header["first_seq"], header["prev"], len(lines)) == (2, events[0].hash, 2)


@pytest.mark.parametrize("since", [0, 4])
def test_log_from_an_event_that_is_not_there_is_refused(db, write, since):
    for number in range(3):
        write(number)
    with pytest.raises(ValueError, match="events 1 to 3"):
        write_log(StringIO(), since=since)


def test_tampered_log_is_exported_with_what_should_be_there(db, write):
    events = [write(number) for number in range(4)]
    triggers.remove(connection)
    Event.objects.filter(seq__in=[2, 4]).delete()
    header, *lines = exported()
    assert (header["count"], header["last_seq"], header["head"]) == (4, 4, events[3].hash)
    assert [line["seq"] for line in lines] == [1, 3]


def test_export_log_writes_a_file_and_says_so(db, write, tmp_path):
    write(1)
    out = StringIO()
    call_command("export_log", str(tmp_path / "log.jsonl"), stdout=out)
    assert len((tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert "1 mục" in out.getvalue()
    assert [file.name for file in tmp_path.iterdir()] == ["log.jsonl"]


def test_export_log_prints_with_a_dash(db, write, capsys):
    write(1)
    call_command("export_log", "-")
    assert capsys.readouterr().out.startswith('{"schema":"tiendo.log/1"')


def test_export_log_refuses_an_empty_log_and_a_folder_that_is_not_there(db, write, tmp_path):
    with pytest.raises(CommandError, match="chưa có mục nào"):
        call_command("export_log", str(tmp_path / "log.jsonl"))
    write(1)
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("export_log", str(tmp_path / "nowhere" / "log.jsonl"))
