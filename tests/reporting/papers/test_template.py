"""The template of the consolidated report: read whole, refused by line, printed with every number bound. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tiendo.papers.model import Bullet, Heading, Paragraph, Ref, Run, TableBlock
from tiendo.plans.states import WorkState
from tiendo.reporting.papers.blocks import BLOCKS
from tiendo.reporting.papers.consolidation import DutyLine, Record, ReportFacts, TaskLine, marked, marked_duties, placed
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.numbers import loose_numbers
from tiendo.reporting.papers.paper import FIGURE_KEYS, body, read_part, read_template, shipped, shipped_text
from tiendo.reporting.papers.prose import TOKENS, blocks_of
from tiendo.reporting.papers.template import LONGEST, BadTemplate, PartKey

ON, AT = date(2026, 6, 30), datetime(2026, 7, 1, 5, tzinfo=UTC)
WHOLE = "\n".join(f"# {key}: Phần {key}\nCó {{total}} nhiệm vụ." for key in PartKey)


def line(code: str, **values: object) -> TaskLine:
    record = Record(0, int(code), code, "Sở A", "Kỳ 1", 1, AT, "Bình", AT, "Chi", ("12/BC-SA ngày 01/06/2026",), ())
    given: dict[str, object] = {"due_on": date(2026, 6, 1), "group": "Nhóm I"}
    given |= {"state": WorkState.IN_PROGRESS, "record": record, "is_new": True, "result": "Đã làm", "group_code": "I"}
    return TaskLine(code=code, title=f"Việc {code}", lead="Sở A", product=None, **(given | values))  # type: ignore[arg-type]


@pytest.fixture
def facts() -> ReportFacts:
    lines = [
        line("1", completed_on=date(2026, 5, 30), state=WorkState.COMPLETED, money_used=Decimal(50_000_000)),
        line("2", difficulty="Thiếu vốn", money_used=Decimal(0), money_allocated=Decimal(80_000_000)),
        line("3", record=None, is_new=False, due_on=date(2026, 8, 1), group="Nhóm II", group_code="II"),
    ]
    numbered = marked(placed(lines), on=ON)
    duties = marked_duties(
        [DutyLine("Sở A", False, AT, True, False, AT), DutyLine("Sở B", False, None, False, False, None)], after=2
    )
    return ReportFacts("Kế hoạch 57", "Kỳ 1", date(2026, 1, 1), ON, numbered, duties)


def complaints(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BadTemplate) as refused:
        read_template(text)
    return [(problem.line, str(problem.sentence)) for problem in refused.value.problems]


def test_the_shipped_template_has_the_six_parts_and_no_number_of_its_own() -> None:
    assert [part.key for part in shipped().parts] == list(PartKey)
    assert [found for part in shipped().parts for found in loose_numbers(part.lines)] == []


def test_every_block_and_nothing_unknown_stands_in_the_shipped_template() -> None:
    used = {each.block for part in shipped().parts for each in part.lines if each.block}
    assert used == set(BLOCKS)
    assert not TOKENS.keys() & FIGURE_KEYS


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("Có {tong} nhiệm vụ.", "Dòng 13: không có số liệu nào mang mã “tong”."),
        ("Có {^ten_ky}.", "Dòng 13: không có số liệu nào mang mã “ten_ky”."),
        ("{{bang-la}}", "Dòng 13: không có khối “bang-la”; mỗi khối đứng riêng một dòng."),
        ("Xem {{bon-o}}", "Dòng 13: không có khối “Xem {{bon-o}}”; mỗi khối đứng riêng một dòng."),
        ("? gì_đó: Có.", "Dòng 13: điều kiện viết “? mã_số_liệu: …” với một số liệu đã biết."),
        ("Có {total nhiệm vụ.", "Dòng 13: dấu ngoặc nhọn chưa đóng hoặc chưa mở."),
        ("[25 % | ]", "Dòng 13: trích dẫn viết “[lời trích | nguồn]”, không để trống vế nào."),
        ("# phan-la: Phần lạ", "Dòng 13: tên phần viết “# mã: Tên phần”, mã là một trong "),
        ("# ky-toi: Lần nữa", "Dòng 13: phần “ky-toi” đã có ở dòng 11."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(more: str, complaint: str) -> None:
    ((number, sentence),) = complaints(f"{WHOLE}\n{more}")
    assert number == 13
    assert sentence.startswith(complaint)


def test_everything_wrong_is_said_at_once_and_missing_parts_are_named() -> None:
    said = complaints("# chi-dao: Chỉ đạo\n{sai}\n# ket-qua: Kết quả\n{{sai}}")
    assert [number for number, _sentence in said] == [0, 0, 0, 0, 2, 4]
    assert said[0][1] == "Thiếu phần “noi-bat” (dòng “# noi-bat: …”)."


def test_words_before_the_first_part_and_endless_texts_are_refused() -> None:
    assert complaints("Lời dẫn\n" + WHOLE)[0] == (1, "Dòng 1: lời văn phải đứng dưới tên một phần (# chi-dao: …).")
    assert complaints("a" * (LONGEST + 1))[0][0] == 0


def test_windows_line_ends_and_remarks_change_nothing() -> None:
    given = "; ghi chú {sai}\n" + WHOLE
    assert [part.source for part in read_template(given.replace("\n", "\r\n")).parts] == [
        part.source for part in read_template(WHOLE).parts
    ]


def test_figures_are_bound_and_references_stand_where_they_are_asked_for(facts: ReportFacts) -> None:
    (block,) = blocks_of(read_part("Có {total} việc{^done} đến {den_ngay}.", facts), facts, figures(facts))
    assert isinstance(block, Paragraph)
    assert block.runs == (
        Run("Có "), Run("3", figure="total"), Run(" việc"), Ref((1,)), Run(" đến "), Run("30/06/2026"), Run("."),
    )  # fmt: skip


def test_lines_stand_or_fall_with_their_condition(facts: ReportFacts) -> None:
    text = "? units_missing: A\n?! units_missing: B\n? urgings: C\n?! urgings: - D\n? money_rate: E"
    blocks = list(blocks_of(read_part(text, facts), facts, figures(facts)))
    assert [type(block) for block in blocks] == [Paragraph, Bullet]
    assert [block.runs[0].text for block in blocks] == ["A", "D"]  # type: ignore[union-attr]


def test_a_quotation_prints_its_source(facts: ReportFacts) -> None:
    (block,) = blocks_of(read_part("Mục tiêu [25 % | Nghị quyết số 57-NQ/TW].", facts), facts, figures(facts))
    assert block.runs[1] == Run("25 % (Nghị quyết số 57-NQ/TW)")  # type: ignore[union-attr]


def test_the_shipped_text_prints_whole_sentences(facts: ReportFacts) -> None:
    said = [
        "".join(run.text for run in block.runs if isinstance(run, Run))
        for block in body(shipped(), facts, figures(facts))
        if isinstance(block, Paragraph | Bullet)
    ]
    assert (
        "Có 1/2 đơn vị gửi báo cáo (1 đơn vị gửi muộn; 0 đơn vị báo không phát sinh). Chi tiết tại Phụ lục II." in said
    )
    assert "Các đơn vị chưa gửi báo cáo: Sở B." in said
    assert "Lũy kế từ đầu năm, các đơn vị báo cáo đã sử dụng 50\xa0triệu\xa0đồng." in said
    assert any("(đã hoàn thành ÷ tổng số) là 33,3%" in each and "là 50%" in each for each in said)
    assert [each for each in said if "{" in each or "}" in each] == []


def test_money_stands_by_group_in_millions(facts: ReportFacts) -> None:
    tables = [block for block in body(shipped(), facts, figures(facts)) if isinstance(block, TableBlock)]
    rows = [[cell if isinstance(cell, str) else cell[0].text for cell in row] for row in tables[1].rows]  # type: ignore
    assert rows == [["Nhóm I", "80", "50", "0%"]]


def test_difficulties_stand_under_their_group(facts: ReportFacts) -> None:
    blocks = list(BLOCKS["kho-khan-theo-nhom"].make(facts, figures(facts)))
    assert isinstance(blocks[0], Heading)
    assert blocks[0].text == "Nhóm I"
    assert isinstance(blocks[1], Bullet)
    assert blocks[1].runs == (Run("Sở A – Việc 2: thiếu vốn"), Ref((2,)), Run("."))


def test_outstanding_results_are_finished_products_only(facts: ReportFacts) -> None:
    lines = tuple(replace(each, product="Đề án") for each in facts.lines)
    changed = replace(facts, lines=lines)
    (block,) = BLOCKS["ket-qua-noi-bat"].make(changed, figures(changed))
    assert block.runs[0] == Run("Việc 1: đề án (12/BC-SA ngày 01/06/2026)")  # type: ignore[union-attr]


MARKED = [
    ("đạt 25%", ["25"]),
    ("8/10 nhiệm vụ", ["8/10"]),
    ("Có 2025 hộ", ["2025"]),
    ("danh mục 3 nhiệm vụ", ["3"]),
    ("chi 1.250.000 đồng, tăng 3,5 lần", ["1.250.000", "3,5"]),
    ("30ha đất ở 12 xã", ["30", "12"]),
    ("năm 2026 đạt 2.026 hộ", ["2.026"]),
    ("có {total} việc, 3 xong", ["3"]),
    ("## Mục tiêu 80%", ["80"]),
    ("tháng 3 nhiệm vụ", ["3"]),
]
LEFT = [
    "trước ngày 15/6, ngày 15/06/2026, ngày 01 tháng 12 năm 2026",
    "năm 2026, giai đoạn 2021-2025, quý II/2026, tháng 6/2026, 6 tháng đầu năm",
    "Nghị quyết số 57-NQ/TW, 03/NQ-CP, Quyết định 366, Nghị định số 30/2020/NĐ-CP, Kế hoạch số 1132/KH-UBND",
    "khoản 2 Điều 15, Phụ lục 1, mục III.1.8",
    "mạng 5G, mã PL2-7, COVID-19, đơn vị m2",
    "[25 % | Nghị quyết số 57-NQ/TW]",
    "{total} nhiệm vụ, {rate_all}",
]


@pytest.mark.parametrize(("text", "numbers"), MARKED)
def test_an_amount_typed_by_hand_is_marked(text: str, numbers: list[str], facts: ReportFacts) -> None:
    assert [found.number for found in loose_numbers(read_part(text, facts))] == numbers


@pytest.mark.parametrize("text", LEFT)
def test_dates_documents_clauses_years_and_codes_are_left(text: str, facts: ReportFacts) -> None:
    assert loose_numbers(read_part(text, facts)) == []


def test_a_part_may_use_figures_of_a_group_and_no_title_of_a_part(facts: ReportFacts) -> None:
    assert read_part("Nhóm này có {group:I:total} nhiệm vụ.", facts)
    with pytest.raises(BadTemplate):
        read_part("# chi-dao: Lạc chỗ", facts)
    with pytest.raises(BadTemplate):
        read_template(shipped_text() + "\n{group:I:total}")
