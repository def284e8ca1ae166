"""Faults of a set are refused by name."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.evaluation.contents import BANDS, FIGURE, QUALITY, SHOWN, TASKS, make_content, make_snapshot
from tiendo.evaluation import content as parts
from tiendo.evaluation.checking import faults, parse, unlinked
from tiendo.evaluation.criteria import (
    Band,
    Condition,
    Content,
    Criterion,
    Group,
    Measure,
    Overall,
    Quota,
    Reading,
    Rule,
    data_of,
)
from tiendo.evaluation.shaping import Misfit, decimal_text, shaped

D = Decimal


def bands(*given: tuple[str | None, str | None, str]) -> Content:
    made = tuple(Band(low and D(low), high and D(high), D(points)) for low, high, points in given)  # type: ignore[arg-type]
    return make_content(replace(FIGURE, bands=made))


def changed(criterion: Criterion, **parts: Any) -> Content:
    return make_content(replace(criterion, **parts))


CASES: list[tuple[Content, str]] = [
    (
        make_content(groups=(Group("a", "Sở", ("department",)), Group("b", "Khác", ("party", "department")))),
        "chồng nhau",
    ),
    (bands((None, "50", "0"), ("50", "49", "5"), ("49", None, "10")), "khoảng “từ 50 đến 49” bị ngược"),
    (bands((None, "49", "0"), ("50", None, "10")), "hở giữa 49 và 50"),
    (bands((None, "50", "0"), ("49", None, "10")), "chồng lấn từ 49 đến 50"),
    (bands(("0", "50", "0"), ("50", None, "10")), "khoảng đầu phải để trống cận dưới"),
    (bands((None, None, "0"), ("50", None, "10")), "chỉ khoảng đầu và khoảng cuối"),
    (bands((None, "50", "10"), ("50", None, "4")), "mức tốt hơn lại được ít điểm hơn"),
    (bands((None, "50", "0"), ("50", None, "12")), "điểm mỗi mức phải từ 0 đến 10"),
    (bands((None, "50", "0"), ("50", None, "8")), "mức cao nhất phải được đúng 10 điểm"),
    (make_content(total=D("99.9")), "Tổng trọng số là 100, phải đúng bằng 99.9"),
    (make_content(FIGURE, replace(TASKS, weight=D(0))), "nhiem-vu: trọng số phải lớn hơn 0"),
    (changed(TASKS, weight_low=D(61)), "khoảng trọng số không chứa trọng số"),
    (make_content(FIGURE, FIGURE), "Hai tiêu chí cùng mã kinh-te-so"),
    (changed(TASKS, code="Nhiệm vụ"), "Mã “Nhiệm vụ” chỉ được gồm"),
    (changed(TASKS, name=" "), "thiếu tên"),
    (changed(TASKS, tasks=None), "thiếu cách tính điểm"),
    (changed(QUALITY, levels=QUALITY.levels[:1]), "cần ít nhất hai mức"),
    (changed(QUALITY, levels=QUALITY.levels[::-1]), "mức thấp nhất trước"),
    (changed(QUALITY, levels=(replace(QUALITY.levels[0], rubric=""), *QUALITY.levels[1:])), "mức 1: thiếu tên, mô tả"),
    (changed(SHOWN, measure=Measure(Reading.EVIDENCE)), "cần các khoảng điểm"),
    (
        changed(SHOWN, measure=Measure(Reading.EVIDENCE, zero_at=D(100), full_at=D(0))),
        "mức tốt hơn lại được ít điểm hơn",
    ),
    (changed(FIGURE, measure=Measure(Reading.FIGURE_VALUE), bands=BANDS), "chưa nói đọc chỉ tiêu nào"),
    (changed(FIGURE, late_report=D(2)), "hệ số phải từ 0 đến 1"),
    (make_content(roles={"lead": D(1)}), "Hệ số vai trò"),
    (make_content(roles={"lead": D("0.2"), "coordinating": D("0.3")}), "chủ trì không được thấp hơn phối hợp"),
    (make_content(overall=(Overall("failed", "Không", D(10)),)), "Mức xếp loại cuối phải từ 0 điểm"),
    (
        make_content(overall=(Overall("a", "A", D(50)), Overall("b", "B", D(70)), Overall("c", "C", D(0)))),
        "phải cao hơn",
    ),
    (make_content(overall=(Overall("a", "A", D(101)), Overall("c", "C", D(0)))), "vượt tổng điểm"),
    (
        make_content(overall=(Overall("a", "A", D(9), (Condition(Rule.LATE_SHARE),)), Overall("c", "C", D(0)))),
        "điều kiện thiếu hoặc thừa tỷ lệ",
    ),
    (make_content(quota=Quota("excellent", "failed", D(20))), "hai mức xếp loại liền nhau"),
    (make_content(quota=Quota("excellent", "good", D(120))), "từ 0 đến 100 %"),
    (make_content(groups=()), "Chưa có nhóm so sánh"),
    (make_content(decimals=9), "làm tròn từ 0 đến 6"),
    (make_content(source=""), "Thiếu tên hoặc căn cứ"),
]


@pytest.mark.parametrize(("content", "named"), CASES, ids=[named for _, named in CASES])
def test_a_fault_is_named(content: Content, named: str) -> None:
    assert any(named in fault for fault in faults(content)), faults(content)
    with pytest.raises(Misfit):
        parse(data_of(content))


def test_a_sound_set_has_none_and_comes_back_from_json() -> None:
    content = make_content()
    assert faults(content) == []
    assert parse(json.loads(json.dumps(data_of(content)))) == content


def test_less_may_be_better_for_the_value_of_a_figure_and_for_nothing_else() -> None:
    falling = (Band(None, D(10), D(10)), Band(D(10), None, D(0)))
    assert faults(changed(FIGURE, measure=Measure(Reading.FIGURE_VALUE, "x"), bands=falling)) == []
    assert faults(changed(FIGURE, bands=falling)) != []


def test_criteria_without_a_link_are_named() -> None:
    assert [each.code for each in unlinked(make_content(), ["nhiem-vu", "bao-cao", "la"])] == [
        "kinh-te-so", "chi-dao", "minh-chung",
    ]  # fmt: skip


SPOILT: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda data: data.pop("seed"), "seed: còn thiếu"),
    (lambda data: data.update(more=1), "more: không có trong mẫu"),
    (lambda data: data["cards"][0]["tasks"][0].update(due="30/6/2025"), "cards[0].tasks[0].due: phải là ngày"),
    (lambda data: data["cards"][0]["tasks"][0].update(reported=100), "reported: phải là số thập phân viết dạng chữ"),
    (lambda data: data["cards"][0]["tasks"][0].update(reported="1e3"), "reported: phải là số thập phân"),
    (lambda data: data["cards"][0]["tasks"][0].update(reported="NaN"), "reported: phải là số thập phân"),
    (lambda data: data["cards"][0].update(reports=None), "cards[0].reports: phải là một bảng"),
    (lambda data: data["cards"][0]["reports"].update(owed=9), "số báo cáo không khớp"),
    (lambda data: data["cards"][0]["tasks"].append(data["cards"][0]["tasks"][0]), "T1 có hai lần"),
    (lambda data: data["cards"][0]["tasks"][0].update(roles=[]), "vai trò không rõ"),
    (lambda data: data["cards"][0]["tasks"][0].update(state="xong"), "trạng thái không rõ"),
    (lambda data: data["cards"].append(data["cards"][0]), "Hai phiếu cùng mã A"),
    (lambda data: data["cycle"].update(data_to="2024-01-01"), "phải sau cycle.data_from"),
    (lambda data: data["cycle"].update(subject="x"), "cycle.subject: phải là một trong các giá trị unit, head"),
    (lambda data: data.update(schema="x"), "schema: phải là tiendo-snapshot/1"),
    (lambda data: data.update(cards={}), "cards: phải là một danh sách"),
    (lambda data: data.update(resamplings=True), "resamplings: phải là số nguyên"),
    (lambda data: data.update(resamplings=10001), "từ 0 đến 10000"),
    (lambda data: data["criteria"].update(title="Khác"), "không khớp nội dung bộ tiêu chí"),
]


@pytest.mark.parametrize(("spoil", "named"), SPOILT, ids=[named for _, named in SPOILT])
def test_a_snapshot_out_of_shape_is_refused_by_place(spoil: Callable[[dict[str, Any]], object], named: str) -> None:
    data = json.loads(parts.written(make_snapshot(make_content())))
    spoil(data)
    with pytest.raises(Misfit) as refusal:
        parts.parse(data)
    assert any(named in fault for fault in refusal.value.faults), refusal.value.faults


def test_a_snapshot_comes_back_from_its_file() -> None:
    snapshot = make_snapshot(make_content())
    assert parts.read(parts.written(snapshot)) == snapshot
    assert parts.written(parts.read(parts.written(snapshot))) == parts.written(snapshot)


@pytest.mark.parametrize("text", [b"", b"\xff", b"[", b"1.5", b'{"a": NaN}', b'{"schema": 0.5}'])
def test_a_file_that_is_no_snapshot_is_refused(text: bytes) -> None:
    with pytest.raises(Misfit):
        parts.read(text)


@pytest.mark.parametrize(
    ("number", "text"), [("0.30", "0.3"), ("100", "100"), ("1E+2", "100"), ("-0.00", "0"), ("0", "0")]
)
def test_a_number_has_one_text(number: str, text: str) -> None:
    assert decimal_text(D(number)) == text


def test_a_list_that_is_no_table_is_said() -> None:
    with pytest.raises(Misfit, match="tệp: phải là một bảng"):
        shaped(Criterion, [])
