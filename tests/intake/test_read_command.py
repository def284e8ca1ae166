"""`tiendo read`: two forms on standard output, or one sentence on standard error and exit status 2."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.intake.plan import ROOT

SMALL = ROOT / "tests" / "documents" / "ke-hoach-nho.txt"


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command("read", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as leaving:
        status = leaving.code
    return status, out.getvalue(), err.getvalue()


def test_json_is_the_contract_and_the_same_each_time():
    status, out, err = run(SMALL, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out) == json.loads(SMALL.with_suffix(".reading.json").read_text(encoding="utf-8"))
    assert run(SMALL, "--json")[1] == out


def test_outline_names_everything_found_and_what_is_not_there():
    _status, out, _err = run(SMALL)
    for said in (
        "5 đề mục, 9 mục nội dung, 10 câu; phụ lục: 3 nhiệm vụ, 0 chỉ tiêu.",
        "Ngày ban hành: 03/03/2025",
        "II.1#2 [dòng 27–29]",
        "Phụ lục I: có trong tệp; nhắc ở: II.1#3",
        "II.1#1: “định kỳ hàng quý” → 3 tháng một lần",
        "III.1: “trước ngày 10 tháng 12 hằng năm” → ngày 09/12 hằng năm",
        "“chuyên đổi số” → “chuyển đổi số” (chắc)",
        "CHỈ TIÊU TRONG PHỤ LỤC (0)\n  không có trong văn bản",
    ):
        assert said in out


def hostile(name, folder):
    """Write one of the files that cannot be read and give its path."""
    contents = {
        "rong.txt": b"",
        "anh.docx": b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
        "hong.docx": b"PK\x03\x04" + b"\x00" * 64,
        "trang.docx": b"<!DOCTYPE html><html></html>",
        "khac.bin": b"abc",
    }
    path = folder / name
    if name == "lon.txt":
        with path.open("wb") as stream:
            stream.truncate(50 * 1024 * 1024)
    elif name == "thu-muc":
        path.mkdir()
    elif name in contents:
        path.write_bytes(contents[name])
    return path


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rong.txt", "rỗng"),
        ("khong-co.txt", "Không tìm thấy"),
        ("anh.docx", "PNG"),
        ("trang.docx", "HTML"),
        ("hong.docx", "hỏng"),
        ("lon.txt", "20 MB"),
        ("thu-muc", "thư mục"),
        ("khac.bin", "txt, docx"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_unreadable_file_gives_one_sentence_and_status_two(name, said, form, tmp_path):
    status, out, err = run(hostile(name, tmp_path), *form)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert err.endswith(".\n")


def test_from_the_command_line_without_any_database(tmp_path):
    environment = {**os.environ, "TIENDO_HOME": str(tmp_path / "none"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", "from tiendo.config.console import main; main()", "read"]

    def tiendo(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*command, *map(str, arguments)], cwd=ROOT, env=environment, capture_output=True, check=False
        )

    good, bad = tiendo(SMALL, "--json"), tiendo(hostile("anh.docx", tmp_path))
    assert (good.returncode, good.stderr) == (0, b"")
    assert json.loads(good.stdout)["schema"] == "tiendo.reading/1"
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert "PNG" in bad.stderr.decode()
    assert b"Traceback" not in bad.stderr
    assert not list(tmp_path.rglob("*sqlite*"))
