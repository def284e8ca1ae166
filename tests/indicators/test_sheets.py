"""The workbook that goes out and comes back, and CSV files as people save them."""

from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOON
from tiendo.indicators.checking import number_of
from tiendo.indicators.delivery import MOST_ROWS, Row, digest_of, read_csv, row_of
from tiendo.indicators.sheets import TemplateRow, read_template, write_template
from tiendo.indicators.states import Status
from tiendo.papers.workbook import Sheet, SheetColumn, render_workbook
from tiendo.plans.spreadsheets.errors import Unreadable

ROW = TemplateRow("CT1", "Phủ sóng 5G", "%", "so-xd", "Sở Xây dựng", "2025", "", Decimal(40), Status.OFFICIAL, None)
HEAD = "Mã chỉ tiêu;Mã đơn vị;Kỳ;Loại số liệu;Giá trị;Ghi chú\n"


def _book(*rows: TemplateRow) -> bytes:
    return write_template(rows, made_at=NOON, title="Số liệu")


def test_what_goes_out_comes_back_under_the_numbers_of_excel() -> None:
    second = TemplateRow(
        "CT2", "=HYPERLINK()", "", "so-xd", "", "2026-Q1", "gioi=nữ", None, Status.ESTIMATE, Decimal("1.5")
    )
    rows = read_template(_book(ROW, second))
    assert rows == [
        Row(2, "CT1", "so-xd", "2025", "chính thức", ""),
        Row(3, "CT2", "so-xd", "2026-Q1", "ước", "1.5", slice="gioi=nữ"),
    ]


def _typed(value: object) -> str | Decimal | None:
    """What is read of a value as somebody's own workbook holds it."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["Mã chỉ tiêu", "Mã đơn vị", "Kỳ", "Loại số liệu", "Giá trị"])
    page.write_row(1, 0, ["CT1", "so-xd", "2025", "ước"])
    if value == "=1/0":
        page.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    else:
        page.write(1, 4, value)
    book.close()
    (row,) = read_template(buffer.getvalue())
    return row.value


@pytest.mark.parametrize(
    ("typed", "read"),
    [(45.5, "45.5"), ("45,5", "45,5"), (1.234, "1,234"), ("1.234", "1.234"), (1250000, "1250000"), ("=1/0", "#LỖI")],
)
def test_a_number_a_text_and_a_broken_formula_are_read_as_they_show(typed: object, read: str) -> None:
    assert _typed(typed) == read


@given(st.decimals(min_value=-(10**17), max_value=10**17, places=6, allow_nan=False))
def test_a_value_known_already_comes_back_to_its_last_digit(value: Decimal) -> None:
    known = TemplateRow("CT1", "Tên", "%", "so-xd", "", "2025", "", None, Status.OFFICIAL, value)
    read = read_template(_book(known))[0].value
    assert isinstance(read, str)
    assert number_of(read) == value


def test_equal_input_gives_equal_bytes() -> None:
    assert _book(ROW) == _book(ROW)


def test_another_workbook_is_told_which_columns_are_missing() -> None:
    other = render_workbook([Sheet("Sổ", (SheetColumn("Tên"),), [("An",)])], made_at=NOON)
    with pytest.raises(Unreadable, match="Mã chỉ tiêu, Mã đơn vị, Kỳ, Loại số liệu, Giá trị"):
        read_template(other)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_the_letters_that_excel_saves(encoding: str) -> None:
    data = (HEAD + 'CT1;so-xd;2025;ước;45,5;"theo CV; số 5"\n\nCT2;so-xd;2025;ước;1.200;\n').encode(encoding)
    assert read_csv(data) == [
        Row(2, "CT1", "so-xd", "2025", "ước", "45,5", note="theo CV; số 5"),
        Row(4, "CT2", "so-xd", "2025", "ước", "1.200"),
    ]


def test_csv_with_commas_and_the_names_of_the_api_in_any_order() -> None:
    data = b'value,period,unit,indicator,status,extra\n"45,5",2025,so-xd,CT1,official,x\n'
    assert read_csv(data) == [Row(2, "CT1", "so-xd", "2025", "official", "45,5")]


@pytest.mark.parametrize(
    "data",
    [
        b"a;b;c\n1;2;3\n",
        b"\xff\xfe\xfa",
        b"",
        HEAD.encode() + b'"khong dong',
        HEAD.encode() + b"CT1;x;2025;u;1;\n" * (MOST_ROWS + 1),
    ],
)
def test_a_csv_that_cannot_be_read_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_csv(data)


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reading(data: bytes) -> None:
    for given_ in (data, HEAD.encode() + data):
        try:
            rows = read_csv(given_)
        except Unreadable:
            continue
        assert all(row.number >= 2 for row in rows)


def test_the_digest_tells_deliveries_apart() -> None:
    first, second = row_of(1, {"indicator": "CT1", "value": "1"}), row_of(1, {"indicator": "CT1", "value": "12"})
    assert digest_of([first], "a") == digest_of([row_of(2, {"indicator": "CT1", "value": "1"})], "a")
    assert len({digest_of([first], "a"), digest_of([second], "a"), digest_of([first], "b"), digest_of([], "a")}) == 4


def test_what_came_is_kept_as_it_came() -> None:
    row = row_of(3, {"indicator": " CT1 ", "unit": "so-xd", "value": Decimal("1.50"), "strict": True})
    assert row.raw() == {"indicator": "CT1", "unit": "so-xd", "value": "1.50", "strict": True}
    assert row_of(3, row.raw()) == Row(3, "CT1", "so-xd", "", "", "1.50", strict=True)
