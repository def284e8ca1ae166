"""The checking program on issued reports: every edit is named, nothing else is."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tiendo_verify as verify
from tests.papers.samples import LETTERS, MADE_AT, hostile_paper, sample_paper, words
from tiendo.audit import chain
from tiendo.papers.docx import render_docx
from tiendo.papers.model import Bullet, Enclosure, Paper, Paragraph, Run
from tiendo.papers.pdf import render_pdf
from tiendo.reporting.papers.consolidation import DutyLine, Figure, Measure, Record, TaskLine
from tiendo.reporting.papers.manifest import Identity, enclosure

CODE = "m4-k13m-tr4_ABCDEFGHIJ"
IDENTITY = Identity("6 tháng đầu năm 2026", 1, MADE_AT, CODE, 7, "ab" * 32)
SITE = "https://tiendo.example"


def figure(key: str = "total", value: int = 62) -> Figure:
    record = Record(1, 11, "PL2-7", "Sở Tài chính", "6 tháng", 2, MADE_AT, "Bình", MADE_AT, "Chi", ())
    line = TaskLine("PL2-7", "Lập bản đồ số", "Hạ tầng", None, None, None, record=record)
    return Figure(key, "Tổng số nhiệm vụ", Decimal(value), (line,))


def bound_paper(**changes: object) -> Paper:
    """The sample with a number bound to its figure in the second paragraph of the body."""
    paper = sample_paper()
    bound = Paragraph((Run("Kế hoạch giao "), Run("62", figure="total"), Run(" nhiệm vụ.")))
    return replace(paper, body=(paper.body[0], bound, *paper.body[1:]), **changes)


def issued(paper: Paper) -> Enclosure:
    return enclosure(paper, IDENTITY, {"total": figure()})


def docx_of(paper: Paper) -> bytes:
    return render_docx(paper, made_at=MADE_AT, enclosure=issued(paper))


@pytest.fixture(scope="module")
def whole() -> bytes:
    return docx_of(bound_paper())


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(bound_paper(), made_at=MADE_AT, enclosure=issued(bound_paper()))


def edited(data: bytes, edit: Callable[[object], None]) -> bytes:
    """The Word file after somebody opened it, changed it and saved."""
    document = Document(BytesIO(data))
    edit(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return out.getvalue()


def in_document(old: str, new: str) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return change


def checked(data: bytes) -> verify.Report:
    return verify.check_report_file("report", data)


def said(data: bytes) -> list[str]:
    return [problem.text(0) for problem in checked(data).problems]


# --- whole


PAPERS = {
    "sample": sample_paper(),
    "bound": bound_paper(figure_page=f"{SITE}/lam-viec/bao-cao-tong-hop/1/"),
    "hostile": hostile_paper(),
    "numbered": sample_paper(issued_on=date(2026, 2, 5)),
    "empty": replace(sample_paper(), body=(words(""), Bullet((Run(" "),))), annexes=(), recipients=(), summary=""),
    "letters": replace(
        sample_paper(), body=(words(LETTERS), words("a\u0323\u0302 \u200b \u061c \ufffc\ufffe x")), annexes=()
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_what_was_issued_is_whole(name: str) -> None:
    data = docx_of(PAPERS[name])
    assert said(data) == []
    assert checked(data).head == issued(PAPERS[name]).seal


def test_saving_again_changes_nothing(whole: bytes) -> None:
    assert said(edited(whole, lambda document: None)) == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_saving_in_another_program_changes_nothing_and_keeps_the_manifest(whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "in.docx").write_bytes(whole)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), "in.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    assert said((tmp_path / "out" / "in.docx").read_bytes()) == []


def test_the_clerk_may_fill_in_number_and_day(whole: bytes) -> None:
    def fill(document) -> None:
        head = document.tables[0]
        head.cell(1, 0).paragraphs[0].runs[0].text = "Số: 112/BC-SKHCN"
        head.cell(1, 1).paragraphs[0].runs[0].text = "Lai Châu, ngày 05 tháng 02 năm 2026"

    def overfill(document) -> None:
        document.tables[0].cell(1, 1).paragraphs[0].runs[0].text = "Lai Châu, ngày 05 tháng 02 năm 2027"

    assert said(edited(whole, fill)) == []
    assert len(said(edited(whole, overfill))) == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=20))
def test_any_words_are_read_back_as_sealed(texts: list[str], cell: str) -> None:
    paper = sample_paper(tasks=1)
    paper = replace(paper, body=(*map(words, texts), *paper.body), summary=cell, parent_agency=cell)
    assert said(docx_of(paper)) == []


# --- edited


def test_an_edited_figure_is_named_with_what_was_issued(whole: bytes) -> None:
    data = repacked(whole, in_document(">62<", ">63<"))
    (sentence,) = said(data)
    assert sentence == "Nội dung, đoạn 2: ghi “63”, lúc phát hành “62” (đoạn có số liệu total)"
    assert checked(data).problems[0].text(1).startswith("Body, paragraph 2: says “63”, issued as “62”")


def test_an_edited_cell_of_an_annex_is_named_by_row_and_column(whole: bytes) -> None:
    def edit(document) -> None:
        document.tables[3].rows[5].cells[5].paragraphs[0].runs[0].text = "92,5"

    assert said(edited(whole, edit)) == [
        "Phụ lục I, bảng 1, dòng 5 (“4”), cột 6 “Tiến độ (%)”: ghi “92,5”, lúc phát hành “62,5”"
    ]


def test_a_number_moved_to_the_neighbouring_cell_is_two_edits(whole: bytes) -> None:
    def edit(document) -> None:
        row = document.tables[1].rows[2]
        row.cells[1].paragraphs[0].runs[0].text, row.cells[2].paragraphs[0].runs[0].text = "7.812,5", "12.500"

    assert [sentence.split(":")[0] for sentence in said(edited(whole, edit))] == [
        "Nội dung, bảng 1, dòng 1, cột 2 “Giao”",
        "Nội dung, bảng 1, dòng 1, cột 3 “Giải ngân”",
    ]


def test_missing_and_added_paragraphs_are_named(whole: bytes) -> None:
    def remove(document) -> None:
        target = next(p for p in document.paragraphs if p.text.startswith("Quá hạn") or "Quá hạn: 02" in p.text)
        target._p.getparent().remove(target._p)

    def add(document) -> None:
        document.paragraphs[8].insert_paragraph_before("Đã hoàn thành toàn bộ nhiệm vụ.")

    assert [problem.kind for problem in checked(edited(whole, remove)).problems] == ["removed"]
    assert "đã bị xóa, lúc phát hành ghi “- Quá hạn: 02" in said(edited(whole, remove))[0]
    (sentence,) = said(edited(whole, add))
    assert sentence.startswith("Thêm vào sau ")
    assert sentence.endswith("“Đã hoàn thành toàn bộ nhiệm vụ.”")


def test_missing_added_and_swapped_rows_are_named(whole: bytes) -> None:
    def remove(document) -> None:
        table = document.tables[3]._tbl
        table.remove(table.tr_lst[7])

    def swap(document) -> None:
        rows = document.tables[3]._tbl.tr_lst
        rows[7].addprevious(rows[9])

    (problem,) = checked(edited(whole, remove)).problems
    assert (problem.kind, problem.values["where"].row) == ("removed", 7)
    assert {problem.kind for problem in checked(edited(whole, swap)).problems} <= {"removed", "added", "changed"}
    assert checked(edited(whole, swap)).problems


TEXT = '<w:t xml:space="preserve">62'
RUN = f"<w:r>{TEXT}</w:t></w:r>"
TRICKS = {
    "hidden": (f"<w:r>{TEXT}", f"<w:r><w:rPr><w:vanish/></w:rPr>{TEXT}"),
    "struck out": (RUN, '<w:del w:id="901"><w:r><w:delText>62</w:delText></w:r></w:del>'),
    "inserted": (RUN, f'<w:ins w:id="902"><w:r><w:t>1</w:t></w:r></w:ins>{RUN}'),
    "moved away": (RUN, f'<w:moveFrom w:id="9">{RUN}</w:moveFrom>'),
    "field": (RUN, f'<w:fldSimple w:instr="= 60+3">{RUN}</w:fldSimple>'),
    "drawn over": ("<w:r><w:t", "<w:r><w:pict/></w:r><w:r><w:t"),
    "bound elsewhere": ('<w:tag w:val="total"/>', '<w:tag w:val="total"/><w:dataBinding w:xpath="/a"/>'),
    "symbol": (f"<w:r>{TEXT}", f'<w:r><w:sym w:font="Symbol" w:char="F031"/>{TEXT}'),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_ways_to_show_something_else_than_the_text(whole: bytes, trick: str) -> None:
    assert checked(repacked(whole, in_document(*TRICKS[trick]))).problems


def test_headers_and_footers_are_checked(whole: bytes) -> None:
    def edit(document) -> None:
        document.sections[0].footer.paragraphs[0].runs[0].text = "Số liệu chính thức"

    sentences = said(edited(whole, edit))
    assert any("Số liệu chính thức" in sentence for sentence in sentences)

    def announce(document) -> None:
        document.sections[0].header.paragraphs[0].add_run("BẢN CHÍNH")

    assert any("BẢN CHÍNH" in sentence for sentence in said(edited(whole, announce)))


def test_a_manifest_edited_with_the_text_no_longer_fits_its_seal(whole: bytes) -> None:
    def forge(name: str, content: bytes) -> bytes:
        forged = content.replace(b">62<", b">63<") if name == "word/document.xml" else content
        return forged.replace(b"giao 62 nhi", b"giao 63 nhi") if name.startswith("customXml") else forged

    assert [problem.key for problem in checked(repacked(whole, forge)).problems] == ["manifest_changed"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_no_single_edited_character_goes_unseen(whole: bytes, data: st.DataObject) -> None:
    with ZipFile(BytesIO(whole)) as archive:
        text = archive.read("word/document.xml").decode()
    shown = [match.span(1) for match in re.finditer(r"<w:t [^>]*>([^<]*)</w:t>", text)]
    spots = [at for start, end in shown for at in range(start, end) if text[at].isdecimal()]
    at = data.draw(st.sampled_from(spots))
    changed = text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
    assert checked(repacked(whole, lambda name, old: changed.encode() if name == "word/document.xml" else old)).problems


# --- beyond reading


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>'
DOCUMENT, ITEM = "word/document.xml", "customXml/item1.xml"


def with_part(part: str, change: Callable[[bytes], bytes | None]) -> Callable[[bytes], bytes]:
    return lambda data: repacked(data, lambda name, old: change(old) if name == part else old)


def with_two_manifests(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return repacked(data, lambda name, old: old, {"customXml/item2.xml": archive.read(ITEM)})


UNREADABLE: dict[str, Callable[[bytes], bytes]] = {
    "no manifest": with_part(ITEM, lambda old: None),
    "two manifests": with_two_manifests,
    "entities": with_part(DOCUMENT, lambda old: BOMB),
    "not XML": with_part(DOCUMENT, lambda old: b"<w:p"),
    "deep": with_part(DOCUMENT, lambda old: b"<a>" * 5000 + b"</a>" * 5000),
    "cut": lambda data: data[:-100],
    "other zip": with_part("_rels/.rels", lambda old: None),
    "manifest of another form": with_part(ITEM, lambda old: old.replace(b'"places":', b'"place":')),
    "place of another form": with_part(ITEM, lambda old: old.replace(b'"paragraph":1,', b'"paragraph":"1",')),
    "floats": with_part(ITEM, lambda old: old.replace(b'"paragraph":1,', b'"paragraph":1.0,')),
}


@pytest.mark.parametrize("damage", UNREADABLE)
def test_what_cannot_be_judged_exits_with_two(whole: bytes, damage: str, tmp_path: Path, capsys) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(UNREADABLE[damage](whole))
    assert verify.main([str(file)]) == 2
    assert "Không đọc được" in capsys.readouterr().err


def test_a_file_that_swells_is_refused(whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MOST_BYTES", 20_000)
    with pytest.raises(verify.Unreadable, match="too_large"):
        checked(whole)


# --- PDF


def test_a_pdf_carries_the_same_seal_and_is_compared_by_its_bytes(pdf: bytes, whole: bytes) -> None:
    report = checked(pdf)
    assert report.problems == []
    assert report.head == checked(whole).head
    verify.check_original(report, pdf)
    assert [note.key for note in report.notes] == ["file_as_issued"]


def test_a_signed_pdf_begins_with_the_bytes_issued(pdf: bytes) -> None:
    report = checked(pdf + b"\n1 0 obj<</Type/Sig>>endobj\nstartxref\n0\n%%EOF\n")
    verify.check_original(report, pdf)
    assert [note.key for note in report.notes] == ["file_longer"]
    assert report.problems == []


def test_a_pdf_whose_beginning_was_changed_is_told(pdf: bytes) -> None:
    report = checked(pdf.replace(b"/Count ", b"/Count  ", 1) if b"/Count " in pdf else b"%PDF-1.7 " + pdf[8:])
    verify.check_original(report, pdf)
    assert [problem.key for problem in report.problems] == ["pdf_changed"]


def test_a_pdf_alone_says_what_was_not_compared(pdf: bytes, tmp_path: Path, capsys) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf)
    assert verify.main([str(tmp_path / "a.pdf")]) == 0
    out = capsys.readouterr().out
    assert "Bản kê trong tệp PDF nguyên vẹn" in out
    assert "Chưa đối chiếu nội dung trang PDF" in out


def test_a_pdf_without_a_manifest_exits_with_two(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(render_pdf(sample_paper(tasks=1), made_at=MADE_AT))
    assert verify.main([str(tmp_path / "a.pdf")]) == 2


def test_same_enclosure_same_bytes(pdf: bytes, whole: bytes) -> None:
    assert render_pdf(bound_paper(), made_at=MADE_AT, enclosure=issued(bound_paper())) == pdf
    assert docx_of(bound_paper()) == whole


# --- the log, the site, the records


def log_with(tmp_path: Path, **detail: object) -> str:
    at = chain.iso(datetime(2026, 7, 20, tzinfo=UTC))
    own = {"at": at, "actor": "chi", "act": "reporting.report.issue", "subject": "reporting.report:1"}
    hashed = chain.event_hash("ab" * 32, 8, at, own["actor"], own["act"], own["subject"], detail)
    event = {"seq": 8, **own, "detail": detail, "prev": "ab" * 32, "hash": hashed}
    header = {"schema": "tiendo.log/1", "count": 1, "first_seq": 8, "last_seq": 8, "prev": "ab" * 32, "head": hashed}
    file = tmp_path / "log.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in (header, event)), encoding="utf-8")
    return str(file)


def test_the_log_confirms_the_issuing(whole: bytes, tmp_path: Path, capsys) -> None:
    (tmp_path / "a.docx").write_bytes(whole)
    log = log_with(tmp_path, seal=checked(whole).head, docx=verify.hash_bytes(whole))
    assert verify.main([str(tmp_path / "a.docx"), "--log", log]) == 0
    out = capsys.readouterr().out
    assert "Nhật ký có sự kiện phát hành báo cáo này: mục 8, chi" in out
    assert "giống hệt tệp đã phát hành" in out
    other = log_with(tmp_path, seal="f" * 64)
    assert verify.main([str(tmp_path / "a.docx"), "--log", other]) == 1
    assert "Tệp tự khớp bên trong" in capsys.readouterr().out


@pytest.mark.parametrize(("head", "code"), [("seal", 0), (CODE, 0), ("ab" * 32, 0), ("cd" * 32, 1)])
def test_what_was_noted_from_paper_is_found(whole: bytes, tmp_path: Path, head: str, code: int) -> None:
    (tmp_path / "a.docx").write_bytes(whole)
    printed = checked(whole).head if head == "seal" else head
    assert verify.main([str(tmp_path / "a.docx"), "--head", printed]) == code


def answer(report: verify.Report, **changes: object) -> Callable[[str], dict[str, object]]:
    def ask(address: str) -> dict[str, object]:
        assert address == f"{SITE}/xac-minh/{CODE}.json"
        return {"seal": report.head, "issued_at": "x", "asked_at": "y", "stale_since": None, "docx": "", **changes}

    return ask


def test_the_site_says_since_when_data_have_moved(whole: bytes) -> None:
    report = checked(whole)
    verify.check_site(report, f"{SITE}/", answer(report, stale_since="2026-08-01T03:00:00Z"))
    assert report.problems == []
    assert report.stale_since == "2026-08-01T03:00:00Z"
    assert "SỐ LIỆU ĐÃ ĐỔI từ 2026-08-01T03:00:00Z" in report.notes[-1].text(0)
    assert "STALE SINCE" in report.notes[-1].text(1)
    again = checked(whole)
    verify.check_site(again, SITE, answer(again))
    assert again.notes[-1].key == "current"


def test_the_site_knows_another_seal_or_no_such_report(whole: bytes) -> None:
    report = checked(whole)
    verify.check_site(report, SITE, answer(report, seal="e" * 64))
    verify.check_site(report, SITE, lambda address: None)
    assert [problem.key for problem in report.problems] == ["site_seal", "site_unknown"]


@pytest.mark.parametrize("site", ["ftp://a", "file:///etc", "http://127.0.0.1:1"])
def test_a_site_that_does_not_answer_exits_with_two(whole: bytes, tmp_path: Path, site: str, capsys) -> None:
    (tmp_path / "a.docx").write_bytes(whole)
    assert verify.main([str(tmp_path / "a.docx"), "--site", site]) == 2
    assert site in capsys.readouterr().err


def test_each_figure_lists_its_records(whole: bytes, tmp_path: Path, capsys) -> None:
    (tmp_path / "a.docx").write_bytes(whole)
    assert verify.main([str(tmp_path / "a.docx"), "--records"]) == 0
    out = capsys.readouterr().out
    assert "total – Tổng số nhiệm vụ: 62 (1 nhiệm vụ, 0 đơn vị, 1 bản ghi)" in out
    assert "PL2-7: Sở Tài chính, 6 tháng, lần 2; Bình gửi" in out
    assert verify.main([str(tmp_path / "a.docx"), "--figure", "total", "--json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["figures"][0]["records"][0]["id"] == 11
    assert verify.main([str(tmp_path / "a.docx"), "--figure", "khác"]) == 0
    assert "không có số liệu mang mã khác" in capsys.readouterr().out


def test_a_figure_of_units_names_them_and_missing_money_is_not_zero(tmp_path: Path, capsys) -> None:
    duty = DutyLine("UBND xã Vân Hồ", True, None, is_late=False, nothing_new=False, accepted_at=None, urgings=0)
    missing = Figure("units_missing", "Đơn vị chưa gửi báo cáo", Decimal(1), duties=(duty,))
    money = Figure("money_used", "Kinh phí đã sử dụng", None, measure=Measure.DONG)
    paper = sample_paper()
    sealed = enclosure(paper, IDENTITY, {each.key: each for each in (missing, money)})
    (tmp_path / "a.docx").write_bytes(render_docx(paper, made_at=MADE_AT, enclosure=sealed))
    assert verify.main([str(tmp_path / "a.docx"), "--records"]) == 0
    out = capsys.readouterr().out
    assert "    · UBND xã Vân Hồ" in out
    assert "Kinh phí đã sử dụng: chưa có số liệu" in out


def test_hostile_words_cannot_drive_the_terminal(tmp_path: Path, capsys) -> None:
    paper = bound_paper(footer_note="\x1b[2J chân")
    sealed = enclosure(paper, IDENTITY, {"\x1b[2J": figure()})
    (tmp_path / "a.docx").write_bytes(render_docx(paper, made_at=MADE_AT, enclosure=sealed))
    assert verify.main([str(tmp_path / "a.docx"), "--records"]) == 0
    out = capsys.readouterr().out
    assert "[2J – Tổng" in out
    assert "\x1b" not in out
