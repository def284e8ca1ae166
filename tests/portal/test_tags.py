import pytest

from tiendo.portal.templatetags.portal import cells, numbered, paper_number, where_words


@pytest.mark.parametrize(
    ("number", "symbol", "expected"),
    [
        ("68", "68/KH-UBND", "68/KH-UBND"),
        ("68", "KH-UBND", "68/KH-UBND"),
        ("68", "/KH-UBND", "68/KH-UBND"),
        ("68", None, "68"),
        (None, "/KH-UBND", ""),
        (None, None, ""),
    ],
)
def test_paper_number(number: str | None, symbol: str | None, expected: str) -> None:
    assert paper_number({"number": number, "symbol": symbol}) == expected


@pytest.mark.parametrize(("number", "expected"), [("III", "III. "), ("a)", "a) "), ("1.", "1. "), (None, ""), ("", "")])
def test_numbered(number: str | None, expected: str) -> None:
    assert numbered(number) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"lines": [3, 3]}, "dòng 3"),
        ({"lines": [3, 5]}, "dòng 3–5"),
        ({"page": 2, "table": 1, "row": 7}, "trang 2, bảng 1, dòng 7"),
        ({"page": None, "row": 7}, "dòng 7"),
        ({"lines": [19, 19], "page": None, "table": 1, "row": 15}, "bảng 1, dòng 15"),
        ({}, ""),
        (None, ""),
    ],
)
def test_where_words(where: dict[str, object] | None, expected: str) -> None:
    assert where_words(where) == expected


def test_cells_open_their_lists_and_are_red_only_when_something_is_late() -> None:
    counts = {"done_on_time": 2, "done_late": 0, "open_in_time": 1, "open_overdue": 0}
    shown = cells(counts, group="III.1")["cells"]
    assert shown[3][1:] == (0, "/nhiem-vu/?cell=open_overdue&group=III.1", "")  # type: ignore[index]
    assert cells({**counts, "open_overdue": 1})["cells"][3][3] == "danger"  # type: ignore[index]
