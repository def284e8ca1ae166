"""Why a reorganisation may not be recorded, in sentences."""

from dataclasses import replace
from datetime import date

import pytest

from tiendo.orgs.reorganisation import Joining, Kind, NewUnit, Reorganisation, Standing, Successor, problems
from tiendo.orgs.succession import Link

MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)
UNITS = {
    "tinh": Standing(1, "UBND tỉnh"),
    "gtvt": Standing(2, "Sở Giao thông vận tải", parent="tinh"),
    "xd": Standing(3, "Sở Xây dựng", parent="tinh"),
    "cu": Standing(4, "Sở Cũ", valid_to=date(2025, 1, 1), parent="tinh"),
    "tre": Standing(5, "Sở Trẻ", valid_from=date(2025, 5, 1), parent="tinh"),
    "nhan": Standing(6, "Sở Nhận", parent="tinh", latest_on=JULY),
    "chi-cuc": Standing(7, "Chi cục", parent="xd", moved_on=JULY),
}


def new(code: str, name: str, **more: object) -> Successor:
    return Successor(code, NewUnit(name, name, "department", **more))  # type: ignore[arg-type]


def change(kind: Kind, *before: str, to: tuple[Successor, ...] = (), **more: object) -> Reorganisation:
    return Reorganisation(kind, MARCH, "NQ 01", before, to, **more)  # type: ignore[arg-type]


XD, GTVT = Successor("xd"), Successor("gtvt")
HALF = replace(XD, is_default=False)
GOOD = [
    change(Kind.CREATE, to=(new("moi", "Sở Mới", parent="tinh"),)),
    change(Kind.RENAME, "xd", to=(new("xd-2", "Sở Xây dựng và Giao thông"),)),
    change(Kind.MERGE, "gtvt", to=(XD,)),
    change(Kind.MERGE, "gtvt", "xd", to=(new("xd-2", "Sở Xây dựng"),)),
    change(Kind.SPLIT, "gtvt", to=(HALF, new("moi", "Sở Mới"))),
    change(Kind.SPLIT, "gtvt", to=(HALF,), stays=True),
    change(Kind.DISSOLVE, "gtvt"),
    change(Kind.DISSOLVE, "gtvt", to=(XD,)),
    change(Kind.MOVE, "gtvt", parent="xd"),
]


@pytest.mark.parametrize("asked", GOOD, ids=lambda asked: f"{asked.kind}-{len(asked.successors)}")
def test_a_change_as_decisions_word_it_may_be_recorded(asked: Reorganisation) -> None:
    assert problems(asked, UNITS) == []
    assert problems(replace(asked, decision=" "), UNITS) == ["Hãy ghi văn bản quyết định."]


REFUSED = [
    (change(Kind.MERGE, "khong", to=(XD,)), "Không có đơn vị nào mang mã khong"),
    (change(Kind.CREATE, to=(new("moi", "Sở Mới", parent="khong"),)), "mang mã khong"),
    (change(Kind.DISSOLVE, "xd", memberships=(Joining("cac-so", "khong"),)), "mang mã khong"),
    (change(Kind.CREATE), "ít nhất một đơn vị mới"),
    (change(Kind.CREATE, to=(XD,)), "ít nhất một đơn vị mới"),
    (change(Kind.RENAME, "xd", "gtvt", to=(new("moi", "Sở Mới"),)), "Đổi tên là một đơn vị cũ"),
    (change(Kind.RENAME, "xd", to=(GTVT,)), "Đổi tên là một đơn vị cũ"),
    (change(Kind.RENAME, "xd", to=(new("xd-2", "sở  xây DỰNG"),)), "Đã có đơn vị mang tên"),
    (change(Kind.RENAME, "xd", to=(new("xd-2", "Sở Giao thông vận tải"),)), "Đã có đơn vị mang tên"),
    (change(Kind.MERGE, "gtvt", to=(new("moi", "Sở Mới"),)), "ít nhất hai đơn vị cũ"),
    (change(Kind.MERGE, "gtvt", "gtvt", to=(XD,)), "nêu hai lần"),
    (change(Kind.MERGE, "cu", to=(XD,)), "đã kết thúc từ ngày 01/01/2025"),
    (change(Kind.MERGE, "tre", to=(XD,)), "mới hoạt động từ ngày 01/05/2025"),
    (change(Kind.MERGE, "nhan", to=(XD,)), "đã tiếp nhận đơn vị khác từ ngày 01/07/2025"),
    (change(Kind.MERGE, "gtvt", to=(Successor("cu"),)), "Sở Cũ không hoạt động vào ngày 01/03/2025"),
    (change(Kind.MERGE, "gtvt", to=(Successor("tre"),)), "Sở Trẻ không hoạt động"),
    (change(Kind.MERGE, "gtvt", "xd", to=(XD,)), "tự tiếp nhận chính mình"),
    (change(Kind.MERGE, "gtvt", "xd", to=(new("cu", "Sở Mới"),)), "Mã cu đã dùng"),
    (change(Kind.MERGE, "gtvt", to=(HALF,)), "đúng một đơn vị nhận mặc định"),
    (change(Kind.SPLIT, "gtvt", to=(XD,)), "ít nhất hai đơn vị nhận"),
    (change(Kind.SPLIT, "gtvt", to=(HALF, replace(new("moi", "Sở Mới"), is_default=False))), "đúng một đơn vị nhận"),
    (change(Kind.SPLIT, "gtvt", to=(XD, new("moi", "Sở Mới"))), "đúng một đơn vị nhận"),
    (change(Kind.SPLIT, "gtvt", to=(XD,), stays=True), "không chọn đơn vị nhận mặc định"),
    (change(Kind.MERGE, "gtvt", to=(XD,), stays=True), "Chỉ khi tách"),
    (change(Kind.SPLIT, "gtvt", to=(new("a", "Sở Mới"), replace(new("b", "Sở Mới"), is_default=False))), "mang tên"),
    (change(Kind.CREATE, to=(new("moi", " "),)), "phải có tên"),
    (change(Kind.CREATE, to=(new("moi", "Sở Mới", parent="cu"),)), "Sở Cũ không hoạt động"),
    (change(Kind.DISSOLVE, "gtvt", to=(new("moi", "Sở Mới"),)), "phải là đơn vị đang có"),
    (change(Kind.MOVE, to=()), "nêu đơn vị được chuyển"),
    (change(Kind.MOVE, "xd", parent="chi-cuc"), "cấp dưới của mình"),
    (change(Kind.MOVE, "xd", parent="xd"), "thuộc chính mình"),
    (change(Kind.MOVE, "xd", parent="tinh"), "vốn đã thuộc"),
    (change(Kind.MOVE, "chi-cuc", parent="tinh"), "đã chuyển cơ quan quản lý từ ngày 01/07/2025"),
    (change(Kind.MOVE, "xd", parent="cu"), "Sở Cũ không hoạt động"),
]


@pytest.mark.parametrize(("asked", "words"), REFUSED, ids=[words[:40] for _asked, words in REFUSED])
def test_what_cannot_be_is_refused_with_a_sentence(asked: Reorganisation, words: str) -> None:
    assert any(words in told for told in problems(asked, UNITS))


def test_a_circle_entered_backwards_in_time_is_refused() -> None:
    known = [Link(UNITS["xd"].pk, UNITS["gtvt"].pk, JULY)]
    units = UNITS | {"xd": replace(UNITS["xd"], valid_to=JULY)}
    assert "nối thành vòng" in problems(change(Kind.MERGE, "gtvt", to=(XD,)), units, known)[0]


def test_what_ends_depends_on_the_kind() -> None:
    assert [asked.ends for asked in GOOD if asked.kind is Kind.SPLIT] == [("gtvt",), ()]
    assert {asked.kind for asked in GOOD if not asked.ends} == {Kind.CREATE, Kind.MOVE, Kind.SPLIT}
