"""Slips of scanning and typing, and the far larger number of places that are right as they stand."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.plan import plan_reading
from tests.pace import takes_at_most
from tiendo.intake.extraction.references import Passage, find_references
from tiendo.intake.extraction.repairs import propose_repairs
from tiendo.intake.extraction.structure import sentences

SAMPLE = Path(__file__).parents[3] / "tiendo" / "config" / "sample"

# text, printed, proposed, kind, sure
SLIPS = [
    ("đẩy mạnh chuyên đổi số của tỉnh", "chuyên đổi số", "chuyển đổi số", "ocr", True),
    ("Phần đầu 100% xã có mạng", "Phần đầu", "Phấn đấu", "ocr", True),
    ("Phần đấu đạt 90%", "Phần đấu", "Phấn đấu", "ocr", True),
    ("ban hành nghi quyết về phí", "nghi quyết", "nghị quyết", "ocr", True),
    ("nghiên cứu khoa hoc ở trường", "khoa hoc", "khoa học", "ocr", True),
    ("Uy ban nhân dân tỉnh", "Uy ban", "Ủy ban", "ocr", True),
    ("UY BAN NHÂN DÂN", "UY BAN", "ỦY BAN", "ocr", True),
    ("cơ quan quyêt định", "quyêt định", "quyết định", "ocr", True),
    ("đơn vị triên khai phần mềm", "triên khai", "triển khai", "ocr", True),
    ("chính sách hổ trợ hợp tác xã", "hổ trợ", "hỗ trợ", "ocr", True),
    ("luật được sữa đổi năm ngoái", "sữa đổi", "sửa đổi", "ocr", True),
    ("theo phục lục kèm theo", "phục lục", "phụ lục", "ocr", True),
    ("ủy ban nhấn dân xã", "nhấn dân", "nhân dân", "ocr", True),
    ("tăng dân theo từng năm", "tăng dân", "tăng dần", "ocr", False),
    ("hoàn thành năm 2O25 nhé", "2O25", "2025", "digit", True),
    ("đạt 1OO% số hộ", "1OO", "100", "digit", True),
    ("trước l5/12/2025 thì nộp", "l5/12/2025", "15/12/2025", "digit", True),
    ("khó khăn của của xã", "của của", "của", "doubled", True),
    ("tổ chức đào tạo đào tạo cán bộ", "đào tạo đào tạo", "đào tạo", "doubled", False),
    ("các sở, ban, ngành,UBND xã", "ngành,UBND", "ngành, UBND", "punctuation", True),
    ("đã xong ở xã.Hộ nghèo giảm", "xã.Hộ", "xã. Hộ", "punctuation", True),
    ("các xã , phường", "xã ,", "xã,", "gap", True),
    ("trên địa bàn ( toàn tỉnh)", "( toàn", "(toàn", "gap", True),
    ("giao nhiệmvụ cho sở", "nhiệmvụ", "nhiệm vụ", "stuck", True),
    ("trong năm2025 phải xong", "năm2025", "năm 2025", "stuck", True),
    ("số hóa  hồ sơ", "hóa  hồ", "hóa hồ", "spaces", True),
    ("chuyển đổi s\u043e của xã", "s\u043e", "so", "letters", True),
    ("giao vIệc cho xã", "vIệc", "việc", "case", False),
]
RIGHT = [
    "ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Phần đầu của báo cáo nêu kết quả; góp phần đấu tranh phòng, chống tội phạm.",
    "Chỉ tiêu chi tiết tại phụ lục; tiết kiệm chi tiêu để an toàn, khả năng cao hoàn thành.",
    "Mở lớp, khóa học, cuộc thi; quy trình đó có quan hệ với cơ chế đó, có chế tài.",
    "Đình chỉ thi hành; theo hướng dân chủ; quy chế do Hội đồng ban hành; góp phần tích cực.",
    "Cơ quan lý luận; các cấp tinh gọn bộ máy; bảo đảm về vốn; người dẫn dắt; phổ biến pháp luật.",
    "Bao cao su, điện từ trường, công tắc, cộng tác viên, truyền thống, thứ trưởng, văn phong, đồ thị.",
    "Xã Phú Lục, chị Lê Thị Hội Đông, ông Hoàng Công Tác ở thôn Phần Đầu.",
    "Quý II/2026, Quý III/2025, Điều 1, khu I, mức II, CO2, H2O, 10l nước, 5G, 6G, 4.0, B1, 24/7.",
    "VH,TT&DL; www.laichau.gov.vn; a@laichau.gov.vn; 1.500,5 triệu đồng; TP.Lai Châu; 1,2 km; VT,VX3.",
    "Ngày ngày, người người, nhà nhà, song song, dần dần, từ từ, xanh xanh, luôn luôn.",
    "VNeID, VietGAP, GlobalGAP, eKYC, LGSP, UBND, QĐi, TTg, IoT, iOS.",
    "Phải làm đúng, đủ : … và những việc khác... (xem Phụ lục I).",
    "Số:     /KH-UBND",
    "ngày     tháng     năm 2025",
    "Kiểm tra, khen thưởng; sáng tạo, đổi mới; đầu tư, đầu tu bổ; vùng sâu, vùng xa hội nhập.",
]


def repairs(text, references=()):
    return propose_repairs([("a", text)], [], references)


@pytest.mark.parametrize(("text", "printed", "proposed", "kind", "sure"), SLIPS)
def test_a_slip_is_proposed_with_its_reason(text, printed, proposed, kind, sure):
    (found,) = [repair for repair in repairs(text) if repair.kind == kind]
    assert (found.printed, found.proposed, found.sure) == (printed, proposed, sure)
    said = found.as_json()
    assert said["reason"].endswith(".")
    assert (said["confidence"] >= "0.90") == sure
    assert printed in text


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text):
    assert [
        (repair.printed, repair.proposed) for repair in repairs(text) if repair.kind != "gap" or "…" not in text
    ] == []


def test_text_of_our_own_sample_is_left_alone():
    cells = [
        cell for path in SAMPLE.glob("*.csv") for row in csv.reader(path.read_text("utf-8").split("\n")) for cell in row
    ]
    text = [*(SAMPLE / "plan.md").read_text(encoding="utf-8").split("\n"), *cells]
    assert sum(map(len, text)) > 15_000
    assert [repair for line in text for repair in repairs(line.strip()) if repair.kind != "spaces"] == []


def test_the_real_plan_keeps_its_twenty_six_and_has_no_false_one():
    found = plan_reading()["repairs"]
    assert len(found) == 26
    kinds = [repair["kind"] for repair in found]
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    assert counts == {"broken": 6, "doubled": 2, "number": 1, "ocr": 8, "tone": 9}


def test_a_broken_paragraph_that_goes_on_with_a_capital_is_left_to_a_person():
    sure = {
        repair["printed"].split("\n")[-1]: repair["sure"]
        for repair in plan_reading()["repairs"]
        if repair["kind"] == "broken"
    }
    assert [rest for rest, is_sure in sure.items() if not is_sure] == ["Chính quyền"]


def test_the_mark_goes_where_the_document_mostly_puts_it():
    new = propose_repairs([("a", "hoá, khoẻ, thuý"), ("b", "hóa quý loà")], [], [])
    assert [(repair.item, repair.printed, repair.proposed) for repair in new] == [("b", "hóa", "hoá")]
    old = propose_repairs([("a", "hóa, ủy, Hòa"), ("b", "UỶ ban, hoà")], [], [])
    assert [(repair.item, repair.printed, repair.proposed) for repair in old] == [
        ("b", "UỶ", "ỦY"),
        ("b", "hoà", "hòa"),
    ]


def test_numbers_are_mended_by_their_other_mentions_and_by_custom():
    passages = [Passage.of("a", "Nghị quyết số 03/NQ-CP", 1), Passage.of("b", "Nghị quyết số 03-NQ/CP; 57/NQ-TW", 2)]
    texts = [(passage.item, passage.text) for passage in passages]
    found = propose_repairs(texts, [], find_references([passages[0], *passages]))
    assert [(repair.item, repair.printed, repair.proposed, repair.sure) for repair in found] == [
        ("b", "03-NQ/CP", "03/NQ-CP", True),
        ("b", "57/NQ-TW", "57-NQ/TW", False),
    ]


def test_cells_of_tables_are_texts_like_others_and_a_repair_stands_once():
    found = propose_repairs([("PL1-1", "chuyên đổi số; chuyên đổi số"), ("PL1-2", "các các xã")], [], [])
    assert [(repair.item, repair.printed) for repair in found] == [("PL1-1", "chuyên đổi số"), ("PL1-2", "các các")]


def test_three_hundred_pages_take_bounded_time():
    page = " ".join(SLIP[0] for SLIP in SLIPS) + " " + " ".join(RIGHT)
    texts = [(str(number), page[:3000].ljust(3000, "a")) for number in range(300)]
    with takes_at_most(100):
        propose_repairs(texts, [], [])


@pytest.mark.parametrize("run", ["a ", "a,", "các ", "1O", "I/", "( ", " ,", "aA", "năm1", "khoa hoc ", "ab cd "])
def test_long_runs_cost_no_more_than_their_length(run):
    with takes_at_most(15):
        repairs(run * (60_000 // len(run)))


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạớợ ,.;()0123456789OlI-/"


@given(st.text(alphabet=LETTERS, max_size=150))
def test_each_repair_stands_in_the_text_and_changes_it(text):
    for repair in repairs(text):
        assert repair.printed in text
        assert repair.printed != repair.proposed
        assert 0 < repair.confidence < 100


def test_sentences_of_the_real_plan_need_no_other_repair():
    texts = [item["text"] for item in plan_reading()["items"]]
    assert sum(len(sentences(text)) for text in texts) > 200
    found = {(repair.printed, repair.kind) for text in texts for repair in repairs(text) if repair.kind not in {"tone"}}
    assert found == {
        ("chuyên đổi số", "ocr"), ("Phần đầu", "ocr"), ("tăng dân", "ocr"), ("phục lục", "ocr"),
        ("các các", "doubled"), ("của của", "doubled"),
    }  # fmt: skip
