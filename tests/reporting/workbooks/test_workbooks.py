"""A unit's report as a workbook, out and back: pure modules, no database."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.intake.filling import filled, without_row
from tiendo.papers.workbook import Sheet, SheetColumn, render_workbook
from tiendo.plans.files import inspect_file
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.states import WorkState
from tiendo.reporting.rules import Values
from tiendo.reporting.workbooks.changes import TaskNow, differences
from tiendo.reporting.workbooks.reading import read_report
from tiendo.reporting.workbooks.shape import columns
from tiendo.reporting.workbooks.values import Wrong, value_of
from tiendo.reporting.workbooks.writing import ReportSheets, TaskSheetRow, write_report

MADE_AT = datetime(2026, 7, 1, 5, tzinfo=UTC)
TODAY = date(2026, 7, 1)
STARTED = Values(WorkState.IN_PROGRESS, Decimal("45.5"), None, "Khảo sát 5 xã.\nLập dự toán.", "", Decimal(1_250_000))
BLANK = Values(WorkState.NOT_STARTED, Decimal(0))
LETTERS = {column.field: chr(65 + place) for place, column in enumerate(columns(asks_estimate=True))}
ROWS = {"kh-1": 2, "kh-2": 3, "kh-3": 4}


def sheet_row(code: str, now: Values, **more: object) -> TaskSheetRow:
    given = {"standing": "Chưa nhập", "before": None} | more
    return TaskSheetRow(code, f"=Phủ sóng {code}", "Báo cáo", "31/12/2026", now=now, **given)  # type: ignore[arg-type]


def written(**more: object) -> bytes:
    rows = [
        sheet_row("kh-1", STARTED, revision=3, before=Values(WorkState.IN_PROGRESS, Decimal(20), result="Họp.")),
        sheet_row("kh-2", BLANK),
        sheet_row("kh-3", STARTED, revision=2, locked=True, standing="Đã gửi"),
    ]
    facts = {"asks_estimate": True} | more
    sheets = ReportSheets(
        7, "so-xd", "Sở Xây dựng", "6 tháng đầu năm 2026", "trước 15/7", "01/07/2026", rows, **facts  # type: ignore[arg-type]
    )  # fmt: skip
    return write_report(sheets, made_at=MADE_AT)


def tasks(**changed: TaskNow) -> dict[str, TaskNow]:
    found = {
        "kh-1": TaskNow("kh-1", "Phủ sóng", STARTED, revision=3, saved_by="Nguyễn Văn An"),
        "kh-2": TaskNow("kh-2", "Phủ sóng", BLANK),
        "kh-3": TaskNow("kh-3", "Phủ sóng", STARTED, revision=2, refusal="Nhiệm vụ này đã gửi."),
    }
    return found | {name.replace("_", "-"): task for name, task in changed.items()}


def at(field: str, code: str = "kh-1") -> str:
    return f"Báo cáo!{LETTERS[field]}{ROWS[code]}"


def back(cells: dict[str, str | None], **changed: TaskNow):
    return differences(read_report(filled(written(), cells)), tasks(**changed), on=TODAY)


def test_untouched_it_changes_nothing():
    found = differences(read_report(written()), tasks(), on=TODAY)
    assert (found.is_empty, found.kept, found.moved, found.remarks) == (True, 3, [], [])


def test_equal_reports_give_equal_bytes_without_a_formula():
    data = written()
    assert data == written()
    assert b"<f>" not in data
    assert inspect_file(data, "bao-cao.xlsx", frozenset({"xlsx"})).extension == "xlsx"


def test_an_edited_cell_is_named_with_what_stood_there():
    (row,) = back({at("percent"): "60,25"}).rows
    (cell,) = row.cells
    assert (row.task.code, row.row, cell.field, cell.address) == ("kh-1", 2, "percent", "Báo cáo!L2")
    assert (cell.now, cell.new, cell.is_conflict) == (Decimal("45.5"), Decimal("60.25"), False)
    assert row.values(set()) == replace(STARTED, percent=Decimal("60.25"))


def test_an_empty_cell_keeps_and_the_word_erases():
    assert back({at("result"): None, at("money_used"): "  "}).is_empty
    (row,) = back({at("result"): "(XÓA)", at("percent"): "(xóa)"}).rows
    assert (row.values(set()).result, row.values(set()).percent) == ("", None)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("percent", "45,5", Decimal("45.5")),
        ("percent", "45%", Decimal(45)),
        ("percent", "100", Decimal(100)),
        ("money_used", "1.250.000", Decimal(1_250_000)),
        ("money_used", "1,25 tỷ", Decimal(1_250_000_000)),
        ("money_allocated", "300 triệu đồng", Decimal(300_000_000)),
        ("completed_on", "5/6/2026", date(2026, 6, 5)),
        ("completed_on", "05.06.2026", date(2026, 6, 5)),
        ("completed_on", "5-6-26", date(2026, 6, 5)),
        ("completed_on", "2026-06-05", date(2026, 6, 5)),
        ("completed_on", "ngày 5 tháng 6 năm 2026", date(2026, 6, 5)),
        ("completed_on", "05/06/2026 08:30", date(2026, 6, 5)),
        ("completed_on", "46178", date(2026, 6, 5)),
        ("state", "đang  THỰC hiện", WorkState.IN_PROGRESS),
        ("state", "Hoan thanh", WorkState.COMPLETED),
        ("result", "=1+1", "=1+1"),
    ],
)
def test_cells_are_read_as_officials_type(field: str, typed: str, value: object):
    assert value_of(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("percent", "101", "0 đến 100"),
        ("percent", "-1", "0 đến 100"),
        ("percent", "33,333", "hai chữ số"),
        ("percent", "nửa", "không phải một số"),
        ("percent", "NaN", "không phải một số"),
        ("money_used", "1,5", "phần lẻ"),
        ("money_used", "-5", "nhỏ hơn 0"),
        ("money_used", "9" * 19, "quá lớn"),
        ("completed_on", "31/6/2026", "không phải một ngày"),
        ("completed_on", "1/1/1026", "không phải một ngày"),
        ("completed_on", "tháng 6", "không phải một ngày"),
        ("state", "xong", "một trong"),
        ("result", "x" * 30_001, "quá dài"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do(field: str, typed: str, word: str):
    with pytest.raises(Wrong, match=word):
        value_of(field, typed)


def test_a_state_that_only_a_decision_gives_is_refused_where_it_was_typed():
    (row,) = back({at("state"): "Hủy"}).aside
    assert [fault.address for fault in row.faults] == ["Báo cáo!K2"]
    odd = TaskNow("kh-1", "Phủ sóng", replace(STARTED, state=WorkState.AWAITING), revision=3)
    assert back({at("state"): "Chờ xác nhận"}, kh_1=odd).is_empty


def test_a_bad_row_is_put_aside_whole_and_the_good_one_can_be_taken():
    found = back({at("percent"): "nửa", at("result"): "Mới", at("percent", "kh-2"): "10"})
    assert [row.task.code for row in found.rows] == ["kh-2"]
    (aside,) = found.aside
    assert (aside.row, [fault.address for fault in aside.faults]) == (2, ["Báo cáo!L2"])
    assert ("Kết quả trong kỳ", "Mới") in aside.typed


def test_a_sent_row_is_put_aside_only_when_somebody_wrote_in_it():
    (aside,) = back({at("result", "kh-3"): "Thêm"}).aside
    assert aside.faults[0].sentence == "Nhiệm vụ này đã gửi."


def test_what_a_colleague_changed_is_kept_and_what_both_changed_is_a_conflict():
    theirs = TaskNow("kh-1", "Phủ sóng", replace(STARTED, percent=Decimal(70), difficulty="Thiếu vốn"), revision=4)
    (row,) = back({at("percent"): "60", at("result"): "Mới"}, kh_1=theirs).rows
    assert [cell.field for cell in row.conflicts] == ["percent"]
    assert row.values(set()) == replace(theirs.start, result="Mới")
    assert row.values({"percent"}) == replace(theirs.start, result="Mới", percent=Decimal(60))


def test_both_wrote_the_same_so_there_is_nothing_to_do():
    theirs = TaskNow("kh-1", "Phủ sóng", replace(STARTED, percent=Decimal(60)), revision=4)
    assert back({at("percent"): "60,0"}, kh_1=theirs).is_empty


def test_what_others_saved_since_is_told():
    assert [task.code for task in back({}, kh_2=TaskNow("kh-2", "Phủ sóng", STARTED, revision=1)).moved] == ["kh-2"]


def test_rows_of_no_task_and_twice_named_ones_are_put_aside_at_their_cell():
    found = back({"Báo cáo!A2": "kh-99", "Báo cáo!A4": "kh-2"})
    assert [(row.row, row.faults[0].address) for row in found.aside] == [(2, "Báo cáo!A2"), (4, "Báo cáo!A4")]


def test_a_row_taken_out_changes_nothing():
    found = differences(read_report(without_row(written(), "Báo cáo", 2)), tasks(), on=TODAY)
    assert (found.is_empty, found.kept) == (True, 2)


def test_documents_come_in_pairs_and_those_known_are_not_added_again():
    known = TaskNow("kh-1", "Phủ sóng", STARTED, 3, documents=frozenset({("12/BC-SXD", date(2026, 6, 1))}))
    cells = {at("document_number"): "12/BC-SXD; 15/BC-SXD", at("document_date"): "1/6/2026; 20/6/2026"}
    (row,) = back(cells, kh_1=known).rows
    assert [(each.number, each.dated, each.url) for each in row.documents] == [("15/BC-SXD", date(2026, 6, 20), "")]
    (aside,) = back({at("document_number"): "12/BC-SXD"}).aside
    assert "ngày" in aside.faults[0].sentence
    (aside,) = back({at("document_number"): "1/BC; 2/BC", at("document_date"): "1/6/2026"}).aside
    assert "2 văn bản nhưng 1 ngày" in aside.faults[0].sentence


def test_a_document_may_come_with_its_link():
    cells: dict[str, str | None] = {at("document_number"): "15/BC-SXD", at("document_date"): "20/6/2026"}
    (row,) = back(cells | {at("document_url"): "https://vanban.vidu.test/15?x=1"}).rows
    assert row.documents[0].url == "https://vanban.vidu.test/15?x=1"
    for wrong in ("javascript:alert(1)", "vanban/15", "https://a b"):
        (aside,) = back(cells | {at("document_url"): wrong}).aside
        assert aside.faults[0].address == at("document_url")
    (aside,) = back({at("document_url"): "https://vanban.vidu.test/15"}).aside
    assert "số, ký hiệu" in aside.faults[0].sentence


def test_what_keeps_a_row_from_being_sent_is_a_hint_and_no_fault():
    (row,) = back({at("state", "kh-2"): "Hoàn thành"}).rows
    assert any("ngày hoàn thành" in hint for hint in row.hints)


def test_the_mark_follows_what_would_be_written():
    first, same = back({at("percent"): "60"}), back({at("percent"): "60"})
    assert first.mark == same.mark
    assert first.mark != back({at("percent"): "61"}).mark
    assert first.mark != back({at("percent"): "60"}, kh_1=replace(tasks()["kh-1"], revision=4)).mark


@pytest.mark.parametrize("cell", ["_goc!D2", "_goc!B2", "_tiendo!B3", "_tiendo!B5"])
def test_what_is_hidden_cannot_be_touched_unnoticed(cell: str):
    with pytest.raises(Unreadable, match="Thông tin ẩn"):
        read_report(filled(written(), {cell: "9"}))


def test_another_workbook_is_refused_in_a_sentence():
    other = render_workbook([Sheet("Báo cáo", (SheetColumn("Mã"),), [("kh-1",)])], made_at=MADE_AT)
    with pytest.raises(Unreadable, match="không phải tệp Excel tải từ trang báo cáo"):
        read_report(other)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_it_and_it_still_reads(tmp_path: Path):
    (tmp_path / "bao-cao.xlsx").write_bytes(filled(written(), {at("percent"): "60,5"}))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    run = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        "out",
        "bao-cao.xlsx",
    ]
    subprocess.run(run, cwd=tmp_path, check=True, timeout=120, capture_output=True)
    data = (tmp_path / "out" / "bao-cao.xlsx").read_bytes()
    inspect_file(data, "bao-cao.xlsx", frozenset({"xlsx"}))
    found = differences(read_report(data), tasks(), on=TODAY)
    assert [(row.task.code, [cell.field for cell in row.cells]) for row in found.rows] == [("kh-1", ["percent"])]
    assert (found.aside, found.kept) == ([], 2)
