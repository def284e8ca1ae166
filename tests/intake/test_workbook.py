"""The workbook of a plan, out and back: pure modules, no database."""

import io
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tests.intake.filling import filled, without_row
from tests.intake.reading.test_sheets import of_rows
from tiendo.intake.extraction.agencies import Directory
from tiendo.intake.extraction.deadlines import parse_due
from tiendo.intake.extraction.target_cells import parse_target
from tiendo.intake.reading import Unreadable
from tiendo.intake.workbook_changes import Current, PlanNow, changes_of
from tiendo.intake.workbook_in import read_plan_workbook
from tiendo.intake.workbook_out import PlanRow, PlanSheets, write_plan
from tiendo.intake.workbook_shape import FORMS, TASKS
from tiendo.intake.workbook_values import Lexicon
from tiendo.orgs.words import fold
from tiendo.plans.files import inspect_file

MADE_AT = datetime(2026, 6, 1, tzinfo=UTC)
UNITS = {"so-tc": "Sở Tài chính", "so-yt": "Sở Y tế", "so-vh": "Sở Văn hóa, Thể thao và Du lịch"}
GROUPS = {"III.1": "1. Nâng cao nhận thức", "III.2": "2. Hạ tầng số"}


def task(number, title, lead="so-tc", coordinating=(), due="Quý II/2026", group="III.1"):
    return {
        "item": None, "number": number, "title": title, "description": f"{title} trên địa bàn tỉnh", "group": group,
        "lead": [{"text": UNITS[lead], "unit": lead}] if lead else [],
        "coordinating": [{"text": text, "unit": unit} for text, unit in coordinating],
        "product": "Báo cáo", "due": parse_due(due).as_json() if due else None, "quotes": {"due": due} if due else {},
    }  # fmt: skip


def indicator(number, name, target):
    return {
        "number": number, "name": name, "group": None, "unit_text": "%", "target": parse_target(target),
        "horizon": "2030", "lead": [],
    }  # fmt: skip


VALUES = {
    ("task", "kh-001"): task("1", "Tuyên truyền"),
    ("task", "kh-002"): task("2", "=Phủ sóng", None, [("Sở Y tế", "so-yt"), ("Hội Làm vườn", None)], None, "III.2"),
    ("indicator", "PL-I.1"): indicator("1", "Kinh tế số", "≥ 30"),
}


def texts(value):
    words = {name: text for name, text in value.items() if isinstance(text, str)}
    words["group"] = GROUPS.get(value["group"] or "", "")
    for role in ("lead", "coordinating"):
        words[role] = "; ".join(each["text"] for each in value.get(role, []))
    for name in ("due", "target"):
        words[name] = (value.get(name) or {}).get("raw") or ""
    return words


def written(version=3):
    rows = [PlanRow(kind, code, texts(value)) for (kind, code), value in VALUES.items()]
    sheets = PlanSheets("kh", "Kế hoạch 57", version, rows, sorted(UNITS.values()), list(GROUPS.values()))
    return write_plan(sheets, made_at=MADE_AT, day="01/06/2026")


def now(version=3, **changed):
    values = {key: value | changed.get(key[1].replace("-", "_"), {}) for key, value in VALUES.items()}
    groups = {fold(title): code for code, title in GROUPS.items()}
    names = Lexicon(Directory({code: [name] for code, name in UNITS.items()}), groups)
    return PlanNow(
        "kh", version, {key: Current(value, texts(value)) for key, value in values.items()}, names, {"task": "PL-II"}
    )


def back(cells, plan=None, data=None):
    return changes_of(read_plan_workbook(filled(data or written(), cells)), plan or now())


def said(changes):
    return [(note.severity, note.where, note.message) for note in changes.notes]


def only(changes):
    (proposal,) = changes.proposals
    return proposal


# Columns of "Nhiệm vụ": A mã, B số thứ tự, C nhóm, D nhiệm vụ, E nội dung, F sản phẩm, G chủ trì, H phối hợp,
# I thời hạn, J bỏ, K lý do bỏ; rows 2 and 3 are the tasks, from row 4 on the rows are spare.


def test_the_workbook_has_guidance_first_and_what_programs_need_out_of_sight():
    book = CalamineWorkbook.from_object(io.BytesIO(written()))
    shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    assert shown == ["Hướng dẫn", "Nhiệm vụ", "Chỉ tiêu"]
    assert all(sheet.visible == SheetVisibleEnum.VeryHidden for sheet in book.sheets_metadata[3:])
    guidance = {row[0]: row[1] for row in book.get_sheet_by_name("Hướng dẫn").to_python()}
    assert "Giữ nguyên" in guidance["Ô để trống"]
    assert "(xóa)" in guidance["Xóa một giá trị"]
    assert all(f"Cột “{c.heading}” ({form.title})" in guidance for form in FORMS for c in form.columns)


def test_the_cells_say_what_the_plan_says_and_no_word_is_a_formula():
    data = written()
    rows = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_name("Nhiệm vụ").to_python()
    assert rows[0] == [column.heading for column in TASKS.columns]
    assert rows[2][:9] == [
        "kh-002", "2", "2. Hạ tầng số", "=Phủ sóng", "=Phủ sóng trên địa bàn tỉnh", "Báo cáo", "",
        "Sở Y tế; Hội Làm vườn", "",
    ]  # fmt: skip
    assert b"<f>" not in data
    assert inspect_file(data, "kh.xlsx", frozenset({"xlsx"})).extension == "xlsx"


def test_equal_plans_give_equal_bytes():
    assert written() == written()


def test_a_workbook_that_nobody_edited_changes_nothing():
    changes = changes_of(read_plan_workbook(written()), now())
    assert (changes.proposals, changes.notes, changes.kept) == ([], [], 3)


def test_one_edited_cell_is_one_proposal_beside_what_the_plan_has():
    proposal = only(back({"Nhiệm vụ!F2": "Báo cáo tổng kết"}))
    assert (proposal.kind, proposal.change, proposal.current_ref) == ("task", "changed", "kh-001")
    assert proposal.printed == VALUES["task", "kh-001"] | {
        "product": "Báo cáo tổng kết", "quotes": {"due": "Quý II/2026", "product": "Báo cáo tổng kết"},
    }  # fmt: skip
    assert proposal.current == VALUES["task", "kh-001"]
    assert (proposal.where["sheet"], proposal.where["row"]) == ("Nhiệm vụ", 2)


@pytest.mark.parametrize("column", "BCDEFGHI")
def test_an_empty_cell_never_erases(column):
    assert back({f"Nhiệm vụ!{column}2": None, f"Nhiệm vụ!{column}3": "  "}).proposals == []


@pytest.mark.parametrize(
    ("column", "field", "value"),
    [("B", "number", None), ("F", "product", None), ("G", "lead", []), ("I", "due", None), ("C", "group", None)],
)
def test_a_value_is_erased_only_by_the_word_for_it(column, field, value):
    proposal = only(back({f"Nhiệm vụ!{column}2": "(XÓA)"}))
    assert proposal.printed[field] == value
    assert field not in proposal.printed["quotes"]


def test_erasing_what_is_not_there_changes_nothing():
    assert back({"Nhiệm vụ!I3": "(xóa)"}).proposals == []


def test_a_deadline_is_read_as_in_any_document():
    assert only(back({"Nhiệm vụ!I2": "Trước ngày 15/8/2026"})).printed["due"]["on"] == "2026-08-14"


def test_units_are_known_by_name_and_words_that_stood_there_may_stay():
    proposal = only(back({"Nhiệm vụ!H3": "Sở Văn hóa, Thể thao và Du lịch; Hội Làm vườn"}))
    assert proposal.printed["coordinating"] == [
        {"text": "Sở Văn hóa, Thể thao và Du lịch", "unit": "so-vh"}, {"text": "Hội Làm vườn", "unit": None},
    ]  # fmt: skip


def test_the_same_agencies_and_the_same_day_in_other_words_change_nothing():
    cells = {"Nhiệm vụ!I2": "quý 2 năm 2026", "Nhiệm vụ!G2": "SỞ TÀI CHÍNH", "Nhiệm vụ!H3": "Hội Làm vườn; Sở Y tế"}
    changes = back(cells)
    assert (changes.proposals, changes.notes) == ([], [])


def test_a_group_is_known_by_its_title_and_a_new_one_is_doubted():
    assert only(back({"Nhiệm vụ!C2": "2. Hạ tầng số"})).printed["group"] == "III.2"
    changes = back({"Nhiệm vụ!C2": "Nhóm lạ"})
    assert only(changes).printed["group"] == "Nhóm lạ"
    assert not only(changes).sure
    assert "Nhiệm vụ!C2" in said(changes)[0]


@pytest.mark.parametrize(
    ("cells", "where", "words"),
    [
        ({"Nhiệm vụ!I2": "khi nào xong"}, "Nhiệm vụ!I2", "thời hạn"),
        ({"Nhiệm vụ!I2": "31/02/2026"}, "Nhiệm vụ!I2", "thời hạn"),
        ({"Nhiệm vụ!G2": "Sở Vũ trụ"}, "Nhiệm vụ!G2", "Sở Vũ trụ"),
        ({"Nhiệm vụ!G2": "Sở Tài chính; Sở Y tế"}, "Nhiệm vụ!G2", "một cơ quan"),
        ({"Nhiệm vụ!D2": "(xóa)"}, "Nhiệm vụ!D2", "không xóa được"),
        ({"Nhiệm vụ!A2": "kh-999"}, "Nhiệm vụ!A2", "kh-999"),
        ({"Nhiệm vụ!A3": "kh-001"}, "Nhiệm vụ!A3", "hàng 2"),
        ({"Nhiệm vụ!F10": "Báo cáo"}, "Nhiệm vụ!A10", "Nhiệm vụ"),
        ({"Nhiệm vụ!J2": "x"}, "Nhiệm vụ!J2", "lý do"),
        ({"Nhiệm vụ!J2": "không", "Nhiệm vụ!K2": "vì"}, "Nhiệm vụ!J2", "chỉ ghi x"),
        ({"Nhiệm vụ!J9": "x", "Nhiệm vụ!K9": "vì"}, "Nhiệm vụ!J9", "thêm mới"),
        ({"Chỉ tiêu!G2": "mươi năm"}, "Chỉ tiêu!G2", "bốn chữ số"),
    ],
)
def test_a_wrong_cell_is_named_as_excel_shows_it_and_its_row_put_aside(cells, where, words):
    changes = back({**cells, "Chỉ tiêu!F2": "≥ 35", "Nhiệm vụ!F3": "Tờ trình"})
    assert [(severity, place) for severity, place, _ in said(changes)] == [("error", where)]
    assert words in said(changes)[0][2]
    wrong = where.split("!")[0]
    others = {proposal.where["sheet"] for proposal in changes.proposals}
    assert others - {wrong} or others == {"Nhiệm vụ"}
    assert any(note.severity == "error" for note in changes.notes)


def test_a_row_without_a_code_is_added_where_most_tasks_stand():
    changes = back({"Nhiệm vụ!D4": "Mở lớp số", "Nhiệm vụ!G4": "Sở Y tế", "Nhiệm vụ!I4": "2026"})
    proposal = only(changes)
    assert (proposal.change, proposal.key, proposal.current) == ("added", "PL-II#+4", None)
    assert proposal.printed["title"] == proposal.printed["description"] == "Mở lớp số"
    assert (proposal.printed["lead"][0]["unit"], proposal.printed["due"]["on"]) == ("so-yt", "2026-12-31")
    assert proposal.printed["coordinating"] == []


def test_a_row_that_is_missing_stays_in_the_plan():
    changes = changes_of(read_plan_workbook(without_row(written(), "Nhiệm vụ", 2)), now())
    assert changes.proposals == []


def test_a_row_is_dropped_only_with_a_mark_and_a_reason():
    changes = back({"Nhiệm vụ!J2": "X", "Nhiệm vụ!K2": "Công văn 15/UBND"})
    proposal = only(changes)
    assert (proposal.change, proposal.current_ref) == ("removed", "kh-001")
    assert proposal.current == VALUES["task", "kh-001"]
    assert said(changes) == [("warning", "Nhiệm vụ!K2", "Đề nghị bỏ kh-001: Công văn 15/UBND")]


def test_an_indicator_is_edited_like_a_task():
    proposal = only(back({"Chỉ tiêu!F2": "≥ 35; ≤ 40", "Chỉ tiêu!G2": "đến năm 2035"}))
    assert (proposal.kind, proposal.current_ref, proposal.printed["horizon"]) == ("indicator", "PL-I.1", "2035")
    assert [part["value"] for part in proposal.printed["target"]["parts"]] == ["35", "40"]


def test_what_changed_in_the_plan_meanwhile_is_not_undone_by_an_older_workbook():
    newer = now(version=4, kh_001={"product": "Đề án"})
    changes = changes_of(read_plan_workbook(written(version=3)), newer)
    assert changes.proposals == []
    assert "phiên bản 3" in said(changes)[0][2]


def test_an_edit_of_a_cell_that_changed_meanwhile_says_so():
    changes = back({"Nhiệm vụ!F2": "Tờ trình"}, plan=now(version=4, kh_001={"product": "Đề án"}))
    assert only(changes).printed["product"] == "Tờ trình"
    assert [place for _, place, text in said(changes) if "Đề án" in text] == ["Nhiệm vụ!F2"]


def test_a_task_that_was_dropped_meanwhile_is_an_error_only_when_its_row_was_edited():
    plan = now()
    without = PlanNow("kh", 4, {key: row for key, row in plan.rows.items() if key[1] != "kh-001"}, plan.names)
    assert [severity for severity, _, _ in said(back({}, plan=without))] == ["warning"]
    assert ("error", "Nhiệm vụ!A2") in [note[:2] for note in said(back({"Nhiệm vụ!F2": "khác"}, plan=without))]


def test_columns_may_be_renamed_away_and_are_then_left_alone():
    changes = back({"Nhiệm vụ!F1": "Cột khác", "Nhiệm vụ!F2": "Tờ trình", "Nhiệm vụ!E2": "Nội dung mới"})
    assert only(changes).printed["product"] == "Báo cáo"


def test_a_sheet_without_its_heading_row_is_said_and_the_other_is_read():
    changes = back({"Nhiệm vụ!A1": "gì đó", "Chỉ tiêu!F2": "≥ 35"})
    assert only(changes).kind == "indicator"
    assert said(changes)[0][:2] == ("error", "Nhiệm vụ")


def test_without_any_heading_row_the_file_is_refused():
    with pytest.raises(Unreadable, match="tiêu đề"):
        back({"Nhiệm vụ!A1": "gì đó", "Chỉ tiêu!A1": "gì đó"})


def test_damaged_marks_are_refused():
    with pytest.raises(Unreadable, match="ẩn"):
        back({"_tiendo!B4": "ba"})


def test_another_workbook_is_none_of_ours():
    assert read_plan_workbook(of_rows(["Mã", "Nhiệm vụ"], ["1", "Việc"])) is None


def test_words_that_look_like_formulas_come_back_as_words():
    assert only(back({"Nhiệm vụ!F2": '=HYPERLINK("http://x")'})).printed["product"] == '=HYPERLINK("http://x")'
