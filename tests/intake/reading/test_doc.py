"""Old Word files and RTF through LibreOffice; where that is missing, a sentence that names the package."""

import io
import os
import shutil
import stat
import subprocess

import pytest
from docx import Document

from tests.intake.reading.old_fonts import tcvn3
from tests.intake.reading.word import package, paragraph, table
from tests.plans.test_file_kinds import WORD, ole
from tiendo.intake.reading import Unreadable, doc, read_blocks
from tiendo.intake.reading.old_word import cell_marks

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi\trowd\cellx100\cellx200 a\cell b\cell\row\pard c\par}"


def sample():
    document = Document()
    document.add_paragraph("Kế hoạch")
    found = document.add_table(3, 3)
    for at, row in enumerate(found.rows):
        for beside, one in enumerate(row.cells):
            one.text = f"ô {at} {beside}"
    found.cell(1, 0).merge(found.cell(2, 0))
    document.add_paragraph().add_run(tcvn3("Sở Tài chính và các đơn vị")).font.name = ".VnTime"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def converted(data, kind, folder):
    """A docx as LibreOffice writes it in another kind."""
    (folder / "a.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(folder / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"a.{kind.partition(':')[0]}").read_bytes()


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("kind", ["doc:MS Word 97", "rtf"])
def test_an_old_file_reads_like_its_docx(kind, tmp_path):
    data = converted(sample(), kind, tmp_path)
    source = read_blocks(data, "Kế hoạch; $(touch x).doc")
    (found,) = source.tables()
    assert source.format == "doc"
    assert source.lines[0] == "Kế hoạch"
    assert [row.texts[1:] for row in found.rows] == [("ô 0 1", "ô 0 2"), ("ô 1 1", "ô 1 2"), ("ô 2 1", "ô 2 2")]
    assert found.rows[2].cells[0].inherited
    assert "Sở Tài chính và các đơn vị" in source.lines
    assert source.encoding == "TCVN3 (ABC)"
    assert not any("bảng của tệp" in remark for remark in source.remarks)


@pytest.mark.slow
@needs_office
def test_a_table_that_vanishes_is_told(tmp_path):
    data = converted(package(paragraph("a") + table(*(("b", "c"),) * 5)), "doc:MS Word 97", tmp_path)
    assert cell_marks(data) == 15
    source = read_blocks(data, "a.doc")
    assert any("bảng" in remark for remark in source.remarks) or len(next(source.tables()).rows) == 5


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("data", [ole(WORD, "WordDocument"), b"{\\rtf1 " + b"{" * 50_000, RTF[:9] + b"\xff" * 900])
def test_damage_gives_lines_or_a_sentence(data):
    assert said(data)


def said(data):
    """The lines as one, or the sentence that refuses the file."""
    try:
        return " ".join(read_blocks(data, "a.doc").lines)
    except Unreadable as refusal:
        return str(refusal)


def test_without_libreoffice_the_sentence_names_the_package(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="libreoffice-writer-nogui") as refusal:
        read_blocks(RTF, "a.doc")
    assert str(refusal.value).endswith(".")


@pytest.fixture
def office(monkeypatch, tmp_path):
    """Stands in for LibreOffice: a script of the given lines."""

    def install(*lines):
        program = tmp_path / "soffice"
        program.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    return install


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 1", "Không chuyển được"),
        ("sleep 60 & sleep 60", "quá nhiều thời gian"),
        ("for last; do :; done; : > source.docx", "Không chuyển được"),
        ("printf text > source.docx", "không phải DOCX"),
    ],
)
def test_a_conversion_that_fails_gives_a_sentence(office, monkeypatch, script, said):
    monkeypatch.setattr(doc, "TIMEOUT", 1)
    office(script)
    with pytest.raises(Unreadable, match=said) as refusal:
        read_blocks(RTF, "a.rtf")
    assert str(refusal.value).endswith(".")


def test_what_is_written_is_bounded(office, monkeypatch):
    monkeypatch.setattr(doc, "LARGEST", 1_000_000)
    office("sleep 0.5", "head -c 9000000 /dev/zero > source.docx; sleep 0.1")
    with pytest.raises(Unreadable):
        read_blocks(RTF, "a.rtf")


def test_the_conversion_leaves_nothing_behind_and_knows_no_home(office, tmp_path):
    result = tmp_path / "result.docx"
    result.write_bytes(package(paragraph("Kế hoạch")))
    seen = tmp_path / "seen"
    office(f'echo "$HOME" > {seen}; echo "$@" >> {seen}', f"cat {result} > source.docx")
    assert read_blocks(RTF, "a.doc").lines == ("Kế hoạch",)
    home, arguments = seen.read_text().splitlines()
    assert not os.path.exists(home)
    assert f"-env:UserInstallation=file://{home}/profile" in arguments
    assert "--headless" in arguments


def test_lost_cells_are_told(office, tmp_path):
    result = tmp_path / "result.docx"
    result.write_bytes(package(paragraph("a b c")))
    office(f"cat {result} > source.docx")
    assert cell_marks(RTF) == 3
    assert any("bảng" in remark for remark in read_blocks(RTF, "a.doc").remarks)


@pytest.mark.parametrize("data", [b"", b"x" * 600, ole(WORD, "WordDocument"), ole(b"", "1Table")])
def test_marks_that_cannot_be_counted_are_none(data):
    assert cell_marks(data) == 0
