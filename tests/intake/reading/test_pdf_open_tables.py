"""PDF tables whose columns nothing parts but white space: ruled between rows, under the header only, or not at all."""

import pytest

from tests.intake.reading.pdf_files import table, text, typeset
from tiendo.intake.reading.blocks import Paragraph, Table
from tiendo.intake.reading.pdf_document import read_document
from tiendo.plans.spreadsheets.progress import ignore

HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"]
COLUMNS = "(1cm, 6cm, 4cm, 3cm)"
LEVEL = "stroke: (x: none, y: 0.5pt),"
TASK = "Rà soát, số hóa và làm sạch dữ liệu của ngành, địa phương phục vụ giải quyết thủ tục hành chính"


def read(body):
    return read_document(typeset(body), ignore)


def grids(found):
    return [[row.texts for row in block.rows] for block in found.blocks if isinstance(block, Table)]


def rows_of(count, task=TASK):
    leads = ["Sở Nội vụ", "Sở Khoa học và Công nghệ"]
    return [[str(at), f"{task} việc {at}" if at % 2 else "Đo", leads[at % 2], "2026"] for at in range(1, count + 1)]


def three_rules(rows, extra=""):
    """Lines above the header, below it and at the end."""
    below = f"bottom: if y == {len(rows) - 1} {{ 0.7pt }} else {{ none }}"
    return table(rows, COLUMNS, f"stroke: (x, y) => (top: if y < 2 {{ 0.7pt }} else {{ none }}, {below}), {extra}")


@pytest.mark.parametrize("inset", ["5pt", "3pt"])
@pytest.mark.parametrize("align", ["top", "horizon"])
def test_lines_between_rows_alone_make_the_table(inset, align):
    rows = [HEAD, *rows_of(6)]
    found = read(table(rows, COLUMNS, f"{LEVEL} inset: {inset}, align: {align},"))
    assert grids(found) == [[tuple(row) for row in rows]]
    assert found.remarks == ()


def test_merged_cells_are_told_by_lines_under_some_columns():
    over = "colspan: 2, align: center"
    rows = [
        ["table.cell(rowspan: 2)[TT]", "table.cell(rowspan: 2)[Nhiệm vụ]", f"table.cell({over})[Giao]"],
        ["Chủ trì", "Phối hợp"],
        ["1", "Lập đề án", "table.cell(rowspan: 2)[Sở Nội vụ]", "Sở Tài chính"],
        ["2", "Đo và công bố", "Sở Y tế"],
        ["3", "Báo cáo", "Sở Nội vụ", "Sở Y tế"],
    ]  # fmt: skip
    (block,) = read(table(rows, "(1cm, 5cm, 4cm, 4cm)", LEVEL)).blocks
    assert [row.texts for row in block.rows] == [
        ("TT", "Nhiệm vụ", "Giao", "Giao"),
        ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp"),
        ("1", "Lập đề án", "Sở Nội vụ", "Sở Tài chính"),
        ("2", "Đo và công bố", "Sở Nội vụ", "Sở Y tế"),
        ("3", "Báo cáo", "Sở Nội vụ", "Sở Y tế"),
    ]
    assert [cell.across for cell in block.rows[0].cells] == [False, False, False, True]
    assert [cell.inherited for cell in block.rows[3].cells] == [False, False, True, False]


def test_the_title_of_a_group_runs_across():
    group = "Hạ tầng số, dữ liệu số và an toàn thông tin mạng"
    rows = [HEAD, ["I", f"table.cell(colspan: 3)[{group}]"], *rows_of(3)]
    (found,) = grids(read(table(rows, COLUMNS, LEVEL)))
    assert found[1] == ("I", group, group, "")
    assert found[2:] == [tuple(row) for row in rows_of(3)]


def test_lines_at_the_header_and_the_end_are_enough():
    rows = [HEAD, *rows_of(8)]
    assert grids(read(three_rules(rows))) == [[tuple(row) for row in rows]]


def test_a_title_between_two_tables_of_one_width_belongs_to_neither():
    one, two = [HEAD, *rows_of(3)], [["TT", "Chỉ tiêu", "Đơn vị", "Mức"], ["1", "Hồ sơ trực tuyến", "%", "80"]]
    body = table(one, COLUMNS, LEVEL) + "\n#align(center)[PHỤ LỤC II]\n\n" + table(two, COLUMNS, LEVEL)
    first, title, second = read(body).blocks
    assert [row.texts for row in first.rows] == [tuple(row) for row in one]
    assert isinstance(title, Paragraph)
    assert [row.texts for row in second.rows] == [tuple(row) for row in two]


def test_a_table_ruled_between_rows_goes_on_over_pages():
    rows = [HEAD, *rows_of(60)]
    found = read(table(rows, COLUMNS, LEVEL))
    assert grids(found) == [[tuple(row) for row in rows]]
    assert found.pages > 1


def test_lines_around_text_make_no_table():
    body = f"#line(length: 100%)\n{text(TASK)}\n\n#line(length: 100%)\n{text(TASK)}\n#line(length: 100%)"
    found = read(body)
    assert [block.text for block in found.blocks] == [TASK, TASK]
    assert found.remarks == ()


def test_words_of_a_table_nobody_can_tell_apart_stay_with_a_remark_that_names_the_page():
    """Rows without numbers, wrapped, set as close as their own lines."""
    rows = [row[1:] for row in [HEAD, *rows_of(6)]]
    data = three_rules(rows, "inset: (x: 5pt, y: 4.2pt),").replace(COLUMNS, "(6cm, 4cm, 3cm)")
    found = read(f"Trang một.\n#pagebreak()\n{data}")
    assert grids(found) == []
    said = " ".join(found.lines).split()
    assert all(word in said for row in rows for cell in row for word in cell.split())
    assert [str(remark).startswith("Bảng ở trang 2 ") for remark in found.remarks] == [True]


@pytest.mark.parametrize("repeated", [True, False])
def test_the_rest_of_a_row_on_the_next_page_belongs_to_the_row(repeated):
    rows = [HEAD, ["I", "Hạ tầng", "", ""], *rows_of(5, f"{TASK}; {TASK}")]
    first, last = rows[:-1], rows[-1]
    one = table([*first, [last[0], f"{TASK};", *last[2:]]], COLUMNS, "stroke: none,")
    rest = [["", f"{TASK} việc 5", "", ""], ["6", "Đo", "Sở Y tế", "2027"]]
    two = table([*([HEAD] if repeated else []), *rest], COLUMNS, "stroke: none,")
    (found,) = grids(read(f"{one}\n#pagebreak()\n{two}"))
    assert [(row[0], " ".join(row[1].split()), *row[2:]) for row in found] == [
        *map(tuple, rows),
        ("6", "Đo", "Sở Y tế", "2027"),
    ]


def test_text_under_a_table_without_lines_is_no_row_of_it():
    rows = [HEAD, *rows_of(4)]
    body = f"{table(rows, COLUMNS, 'stroke: none,')}\n{text(TASK)} {text(TASK)}"
    found = read(body)
    assert grids(found) == [[tuple(row) for row in rows]]
    assert found.blocks[-1].text == f"{TASK} {TASK}"


def test_a_group_without_a_line_under_it_is_a_row_of_its_own():
    line = "table.hline(),"
    tasks = [f"{''.join(f'[{each}],' for each in row)}{line}" for row in rows_of(6, "Rà soát và làm sạch dữ liệu")]
    groups = [f"table.cell(colspan: 4)[{title}]," for title in ("I. Phát triển hạ tầng số", "II. Phát triển nhân lực")]
    head = "".join(f"[{each}]," for each in HEAD)
    body = "".join([line, head, line, groups[0], *tasks[:3], groups[1], *tasks[3:]])
    (found,) = grids(read(f"#table(columns: {COLUMNS}, stroke: none, {body})"))
    groups_and_numbers = ["I. Phát triển hạ tầng số", "1", "2", "3", "II. Phát triển nhân lực", "4", "5", "6"]
    assert [row[0] for row in found] == ["TT", *groups_and_numbers]
