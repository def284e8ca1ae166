"""Numbered documents a text cites, each mention placed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pace import takes_at_most
from tiendo.intake.extraction.references import Passage, find_references, without_cited

# text, [(number, kind, date, issuer)]
CITED = [
    (
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        [("57-NQ/TW", "Nghị quyết", date(2024, 12, 22), "Bộ Chính trị")],
    ),
    (
        "nghị quyết số 10/2024/NQ-HĐND ngày 10-12-2024 của HĐND tỉnh Hà Giang về phí",
        [("10/2024/NQ-HĐND", "Nghị quyết", date(2024, 12, 10), "HĐND tỉnh Hà Giang")],
    ),
    (
        "Quyết định số 127/QĐ-TTg của Thủ tướng Chính phủ ngày 26 tháng 01 năm 2021",
        [("127/QĐ-TTg", "Quyết định", date(2021, 1, 26), "Thủ tướng Chính phủ")],
    ),
    ("Quyết định số 06/QĐ-TTg", [("06/QĐ-TTg", "Quyết định", None, None)]),
    ("Nghị định số 30/2020/NĐ-CP", [("30/2020/NĐ-CP", "Nghị định", None, None)]),
    (
        "Thông tư 26/2020/TT-BTTTT của Bộ Thông tin và Truyền thông về bảo vệ hệ thống",
        [("26/2020/TT-BTTTT", "Thông tư", None, "Bộ Thông tin và Truyền thông")],
    ),
    ("Luật Giao dịch điện tử số 20/2023/QH15", [("20/2023/QH15", "Luật", None, None)]),
    ("Chỉ thị 12-CT/TU của Ban Thường vụ Tỉnh ủy", [("12-CT/TU", "Chỉ thị", None, "Ban Thường vụ Tỉnh ủy")]),
    ("Công văn số 123/UBND-KGVX ngày 3/2/2025", [("123/UBND-KGVX", "Công văn", date(2025, 2, 3), None)]),
    (
        "Văn bản số 5678/BKHCN-CĐS ngày 01/02/2025 của Bộ Khoa học và Công nghệ hướng dẫn",
        [("5678/BKHCN-CĐS", "Văn bản", date(2025, 2, 1), "Bộ Khoa học và Công nghệ")],
    ),
    ("Kế hoạch số 1139/KH-UBND ngày 12.3.2025", [("1139/KH-UBND", "Kế hoạch", date(2025, 3, 12), None)]),
    ("Quyết định số: 12/QĐ-UBND", [("12/QĐ-UBND", "Quyết định", None, None)]),
    ("NGHỊ QUYẾT SỐ 57-NQ/TW NGÀY 22/12/2024", [("57-NQ/TW", "Nghị quyết", date(2024, 12, 22), None)]),
    (
        "Thông báo số 12-TB/VPTU ngày 01/3/2025 của Văn phòng Tỉnh ủy",
        [("12-TB/VPTU", "Thông báo", date(2025, 3, 1), "Văn phòng Tỉnh ủy")],
    ),
    ("Kết luận số 91-KL/TW", [("91-KL/TW", "Kết luận", None, None)]),
    ("theo 57-NQ/TW và 03/NQ-CP", [("57-NQ/TW", "Nghị quyết", None, None), ("03/NQ-CP", "Nghị quyết", None, None)]),
    (
        "các Quyết định số 1/QĐ-TTg, số 2/QĐ-TTg ngày 01/02/2025",
        [("1/QĐ-TTg", "Quyết định", None, None), ("2/QĐ-TTg", "Quyết định", date(2025, 2, 1), None)],
    ),
    ("Quyết định số 06 /QĐ- TTg", [("06/QĐ-TTg", "Quyết định", None, None)]),
    ("Nghị quyết\nsố 57–NQ/TW\nngày 22/12/2024", [("57-NQ/TW", "Nghị quyết", date(2024, 12, 22), None)]),
    ("Đề án 06 của Chính phủ", [("06", "Đề án", None, None)]),
    ("theo Chỉ thị số 34, các đơn vị", [("34", "Chỉ thị", None, None)]),
    ("Quyết định số 12/QĐ-UBND ngày 31/02/2025", [("12/QĐ-UBND", "Quyết định", None, None)]),
]
NOT_CITED = [
    "trực 24/7", "mạng 5G/6G", "tốc độ 60 km/h", "3/4 số hộ", "điện thoại 0213.3876.543", "mã KH20_TT_N01", "lô 12/A4",
    "Mẫu số 01/BC-KH", "Kế hoạch 5 năm 2021-2025", "Nghị quyết 5 điểm", "Kế hoạch 2025", "Đề án 12 nội dung",
    "Kế hoạch 30 ngày", "ngày 12/6/2025", "Phụ lục số 2", "tỷ lệ 12/100", "Chương trình 30% hộ", "Thông báo 15 đơn vị",
    "Điều 12 Luật Đất đai", "hộp thư 1/B-2", "Quyết định 2 lần", "Báo cáo số 3", "Kế hoạch số 2",
    "Quy chuẩn QCVN 01:2021/BKHCN", "mã ISO/IEC 27001:2022", "Quyết định số /QĐ-UBND ngày  /  /2025", "Lô 3/KCN-2",
]  # fmt: skip


def cited(text):
    references = find_references([Passage.of("a", text, 7)])
    return [(each.number, each.kind, each.issued_on, each.issuer) for each in references]


@pytest.mark.parametrize(("text", "expected"), CITED)
def test_numbered_documents(text, expected):
    assert cited(text) == expected
    assert all(
        mention.quote in text for each in find_references([Passage.of("a", text, 7)]) for mention in each.mentions
    )


@pytest.mark.parametrize("text", NOT_CITED)
def test_numbers_that_are_no_documents(text):
    assert cited(text) == []
    assert without_cited(text) == text


def test_one_document_however_it_is_printed():
    passages = [
        Passage.of("a", "Nghị quyết số 03/NQ-CP của Chính phủ", 1),
        Passage.of("b", "Nghị quyết số 03-NQ/CP; Nghị quyết 03", 2),
        Passage.of("c", "Nghị quyết số 3/NQ-CP ngày 09/01/2025; Nghị quyết số 03/NQ-CP", 3),
    ]
    (one,) = find_references(passages)
    assert (one.number, one.issuer, one.issued_on) == ("03/NQ-CP", "Chính phủ", date(2025, 1, 9))
    assert [(mention.item, mention.line) for mention in one.mentions] == [
        ("a", 1),
        ("b", 2),
        ("b", 2),
        ("c", 3),
        ("c", 3),
    ]
    assert [slip.printed for slip in one.slips] == ["03-NQ/CP", "3/NQ-CP"]


def test_a_short_mention_alone_stands_for_itself_and_is_no_slip():
    short, full = find_references([Passage.of("a", "Nghị quyết 57. Quyết định số 57/QĐ-TTg.", 1)])
    assert (short.number, full.number) == ("57", "57/QĐ-TTg")
    assert short.slips == full.slips == ()


def test_mentions_stand_on_their_own_lines():
    text = "Căn cứ Nghị quyết số 57-NQ/TW và Nghị định số 30/2020/NĐ-CP"
    references = find_references([Passage("a", text, ((0, 4), (text.index("Nghị định"), 6)))])
    assert [reference.mentions[0].line for reference in references] == [4, 6]


def test_dates_of_cited_documents_are_blanked_letter_for_letter():
    text = "Theo Quyết định số 1131/QĐ-TTg ngày 12/6/2025, xong 2026"
    assert without_cited(text) == f"Theo {' ' * 40}, xong 2026"


@given(st.integers(1, 9999), st.sampled_from(["{}-NQ/TW", "{}/QĐ-TTg", "{}/2025/NĐ-CP", "{}-KL/TW", "{}/KH-UBND"]))
def test_a_number_reads_back_from_any_sentence(number, form):
    printed = form.format(number)
    (found,) = find_references([Passage.of(None, f"Thực hiện văn bản số {printed}; đến nay xong.", 1)])
    assert (found.number, found.mentions[0].quote) == (printed, f"văn bản số {printed}")


@given(st.text(alphabet="0123456789-/ .ABNQĐsố Nghị quyếtKế hoạchngày", max_size=120))
def test_no_text_breaks_the_search(text):
    for reference in find_references([Passage.of(None, text, 1)]):
        assert all(mention.quote in text for mention in reference.mentions)
    assert len(without_cited(text)) == len(text)


@pytest.mark.parametrize("run", ["1/", "12-A/", "Luật a ", "Nghị quyết số ", "của Bộ ", "1 / A ", "ngày 1 / 1 / "])
def test_long_runs_cost_no_more_than_their_length(run):
    with takes_at_most(10):
        find_references([Passage.of(None, run * (60_000 // len(run)), 1)])
