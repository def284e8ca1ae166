"""Trees and facts of documents in shapes other than the real plan's."""

import io

import pytest
from docx import Document

from tiendo.intake.extraction import read_document
from tiendo.intake.extraction.document import ANNEX_HEADING
from tiendo.intake.extraction.structure import sentences


def tree(text):
    reading = read_document(text.encode(), "a.txt")
    return [s["id"] for s in reading["sections"]], [(i["id"], i["kind"], i["text"]) for i in reading["items"]]


def test_numbers_restart_under_each_part():
    sections, items = tree(
        "I. MỘT\n\n1. Đầu\n\n- Việc.\n\nII. HAI\n\n1. Đầu\n\n1.1. Trong\n\n- Việc.\n\n1.2. Sau\n\n- Việc."
    )
    assert sections == ["I", "I.1", "II", "II.1", "II.1.1", "II.1.2"]
    assert [item[0] for item in items] == ["I.1#1", "II.1.1#1", "II.1.2#1"]


def test_document_without_headings_still_has_items():
    sections, items = tree("- Việc một.\n- Việc hai.")
    assert (sections, items) == ([], [("#1", "bullet", "Việc một."), ("#2", "bullet", "Việc hai.")])


def test_articles_of_a_decision():
    sections, items = tree("QUYẾT ĐỊNH\n\nVề việc thử\n\nĐiều 1. Ban hành quy chế.\n\nĐiều 2. Có hiệu lực từ ngày ký.")
    assert sections == []
    assert items == [
        ("Điều-1", "clause", "Ban hành quy chế."),
        ("Điều-2", "clause", "Có hiệu lực từ ngày ký."),
    ]


def test_a_repeated_number_keeps_its_own_id():
    _sections, items = tree("IV. TỔ CHỨC\n\n1. Sở Nội vụ thực hiện.\n\n1. Sở Y tế thực hiện.")
    assert [item[0] for item in items] == ["IV.1", "IV.1~2"]


def test_a_name_with_an_initial_is_no_heading():
    sections, _items = tree("I. MỘT\n\n- Theo tư tưởng của\n\nC. Mác và các nhà khoa học.")
    assert sections == ["I"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Một câu. Hai câu.", 2),
        ("Ngày 01.02.2025 họp. Sau đó báo cáo.", 2),
        ("Mô hình “thí điểm”. Ưu tiên triển khai.", 2),
        ("Dùng v.v. và các thứ khác.", 1),
        ("Xem mục a. ở trên, mục b. đến hết.", 1),
        ("Xong. Ở xã vẫn làm. Đến cuối năm.", 3),
        ("Tại TP. Lai Châu họp.", 1),
        ("Quyết định./.", 1),
    ],
)
def test_sentences(text, count):
    assert len(sentences(text)) == count
    assert " ".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("PHỤ LỤC", None), ("Phụ lục II", "II"), ("PHỤ LỤC 02", "2"), ("PHỤ LỤC SỐ 3.", "3"),
        ("PHỤ LỤC I: DANH MỤC NHIỆM VỤ", "I"), ("PHỤ LỤC DANH MỤC NHIỆM VỤ", None),
    ],
)  # fmt: skip
def test_annex_headings(line, label):
    found = ANNEX_HEADING.match(line)
    assert found
    assert found["label"] == label


@pytest.mark.parametrize(
    "line", ["Phụ lục II kèm theo Kế hoạch này.", "(Có Phụ lục I kèm theo)", "PHỤ LỤC được gửi sau"]
)
def test_lines_that_only_mention_an_annex(line):
    assert not ANNEX_HEADING.match(line)


def whole_plan():
    """A plan as Word keeps it: letterhead and signature in tables without borders, the annex behind."""
    document = Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số:      /KH-UBND"
    head.cell(1, 1).text = "Lai Châu, ngày      tháng 5 năm 2025"
    for text in ("KẾ HOẠCH", "Phát triển thư viện", "I. NHIỆM VỤ", "- Mở 20 điểm đọc.", "(Phụ lục I kèm theo)"):
        document.add_paragraph(text)
    foot = document.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Sở Nội vụ;\n- Lưu: VT."
    foot.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTẩn Văn Núi"
    document.add_paragraph("PHỤ LỤC I: DANH MỤC NHIỆM VỤ")
    annex = document.add_table(rows=2, cols=3)
    for place, text in enumerate(("STT", "Nhiệm vụ", "Chủ trì", "1", "Mua sách", "Sở Nội vụ")):
        annex.cell(place // 3, place % 3).text = text
    stream = io.BytesIO()
    document.save(stream)
    return read_document(stream.getvalue(), "ke-hoach.docx")


def test_word_plan_with_letterhead_signature_and_annex():
    reading = whole_plan()
    document = reading["document"]
    assert (document["issuer"], document["symbol"]) == ("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "/KH-UBND")
    assert (document["place"], document["issued_on"], document["number"]) == ("Lai Châu", None, None)
    assert document["signer"] == {"capacity": "TM. ỦY BAN NHÂN DÂN; CHỦ TỊCH", "name": "Tẩn Văn Núi"}
    assert document["recipients"] == ["Sở Nội vụ", "Lưu: VT"]
    assert [item["id"] for item in reading["items"]] == ["I#1", "I#2"]
    assert reading["items"][0]["lines"] == {"page": None, "block": 6, "last_block": 6}
    assert reading["annexes"] == [{"label": "Phụ lục I", "present": True, "mentioned_in": ["I#2"]}]
    assert [task["id"] for task in reading["tasks"]] == ["PL-I#1"]


def test_party_papers_number_with_a_dash():
    sections, items = tree(
        "I- MỤC ĐÍCH\n\n- Làm tốt.\n\nII- NHIỆM VỤ\n\n1- Đến hết quý II/2026, rà soát.\n\n2- Báo cáo.\n"
    )
    assert sections == ["I", "II"]
    assert [item[2] for item in items] == ["Làm tốt.", "Đến hết quý II/2026, rà soát.", "Báo cáo."]


def test_a_short_line_is_not_joined_with_a_new_paragraph():
    head = "KẾ HOẠCH\nVề việc thử\n\nI. VIỆC CẦN LÀM\n\n"
    text = f"{head}- Văn phòng Sở dự thảo tờ trình\n\nBảng phân công\n\nLưu ý chung.\n"
    tree = read_document(text.encode(), "a.txt")
    assert [item["text"] for item in tree["items"]] == [
        "Văn phòng Sở dự thảo tờ trình",
        "Bảng phân công",
        "Lưu ý chung.",
    ]
    assert tree["repairs"] == []


def test_an_article_that_gives_an_order_stays_one_over_a_plain_paragraph():
    head = "QUYẾT ĐỊNH\nVề việc thử\n\nĐiều 1. Ban hành danh mục.\n\n"
    text = f"{head}Điều 2. Sở Y tế báo cáo kết quả trước ngày 15/12/2026.\n\nLượt xem.\n"
    tree = read_document(text.encode(), "a.txt")
    assert [deadline["item"] for deadline in tree["deadlines"]] == ["Điều-2"]
