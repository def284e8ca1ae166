"""Facts of documents of many bodies, and where their parts begin: letterheads, letters, enclosed plans, stamps."""

import pytest

from tiendo.intake.extraction import read_document


def read(text):
    return read_document("\n\n".join(text.strip("\n").split("\n")).encode(), "van-ban.txt")


def facts(text):
    return read(text)["document"]


PARTY = """
TỈNH ỦY LAI CHÂU
*
Số 12-KH/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Lai Châu, ngày 05 tháng 02 năm 2026
KẾ HOẠCH
Thực hiện nghị quyết về văn hóa đọc
I. MỤC ĐÍCH
- Mở thư viện.
Nơi nhận:
- Các huyện ủy,
- Lưu Văn phòng Tỉnh ủy.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Lò Văn Thử
"""


def test_a_party_paper():
    document = facts(PARTY)
    assert (document["issuer"], document["symbol"], document["number"]) == ("TỈNH ỦY LAI CHÂU", "12-KH/TU", "12")
    assert (document["place"], document["issued_on"]) == ("Lai Châu", "2026-02-05")
    assert document["signer"] == {"capacity": "T/M BAN THƯỜNG VỤ; PHÓ BÍ THƯ", "name": "Lò Văn Thử"}
    assert document["recipients"] == ["Các huyện ủy", "Lưu Văn phòng Tỉnh ủy"]


LETTER = """
UBND TỈNH LAI CHÂU
SỞ KHOA HỌC VÀ CÔNG NGHỆ
Số: 345/SKHCN-CĐS
V/v đôn đốc cập nhật tiến độ các
nhiệm vụ năm 2026
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lai Châu, ngày 7 tháng 3 năm 2026
Kính gửi:
- Các sở, ban, ngành;
- UBND các xã, phường.
Để theo dõi kịp thời, đề nghị các đơn vị cập nhật trước ngày 15/3/2026.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Vàng Thị Thử
"""


def test_an_official_letter():
    reading = read(LETTER)
    document = reading["document"]
    assert (document["kind"], document["title"]) == ("Công văn", "đôn đốc cập nhật tiến độ các nhiệm vụ năm 2026")
    assert (document["issuer"], document["symbol"]) == ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "345/SKHCN-CĐS")
    assert document["signer"] == {"capacity": "GIÁM ĐỐC", "name": "Vàng Thị Thử"}
    assert [item["text"][:15] for item in reading["items"]] == ["Để theo dõi kịp"]


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("Số: 12/KH-UBND", "12/KH-UBND"), ("Số 12-CTr/TU", "12-CTr/TU"), ("Số:      /KH-UBND", "/KH-UBND"),
        ("Số: 07/2026/QĐ-UBND", "07/2026/QĐ-UBND"), ("Số: 318/TB- UBND", "318/TB-UBND"),
    ],
)  # fmt: skip
def test_symbols(line, symbol):
    assert facts(f"UBND TỈNH A\n{line}\nKẾ HOẠCH\nVề việc thử\nI. MỘT\n- Việc.")["symbol"] == symbol


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("Lai Châu, ngày 05 tháng 02 năm 2026", "Lai Châu", "2026-02-05"),
        ("Lai Châu, ngày     tháng 02 năm 2026", "Lai Châu", None),
        ("TP. Hồ Chí Minh, ngày 9 tháng 12 năm 2025", "TP. Hồ Chí Minh", "2025-12-09"),
        ("Bà Rịa - Vũng Tàu, tháng 5 năm 2025", "Bà Rịa - Vũng Tàu", None),
    ],
)
def test_place_and_date(line, place, day):
    document = facts(f"UBND TỈNH A\nSố: 1/KH-UBND\n{line}\nKẾ HOẠCH\nVề việc thử\nI. MỘT\n- Việc.")
    assert (document["place"], document["issued_on"]) == (place, day)


DECISION = """
ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU
Số: 9/QĐ-UBND
QUYẾT ĐỊNH
Về việc ban hành kế hoạch đọc sách
Căn cứ Luật Thư viện;
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch đọc sách.
Điều 2. Quyết định có hiệu lực từ ngày ký.
Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn Thử
KẾ HOẠCH
Đọc sách năm 2026
(Ban hành kèm theo Quyết định số 9/QĐ-UBND của UBND tỉnh)
I. MỤC TIÊU
- Mỗi xã có 01 tủ sách.
"""


def test_a_plan_behind_the_decision_it_is_issued_with():
    reading = read(DECISION)
    assert (reading["document"]["kind"], reading["document"]["signer"]["name"]) == ("Quyết định", "Lò Văn Thử")
    assert [item["id"] for item in reading["items"]] == ["Điều-1", "Điều-2", "I#1"]
    assert [section["title"] for section in reading["sections"]] == ["MỤC TIÊU"]


def test_boxes_of_signing_programs_are_no_text():
    stamped = PARTY.replace(
        "I. MỤC ĐÍCH", "Ký bởi: Tỉnh ủy\nEmail: a@b.vn\nThời gian ký: 05/02/2026 09:00\nI. MỤC ĐÍCH"
    )
    reading = read(stamped)
    assert [item["text"] for item in reading["items"]] == ["Mở thư viện."]
    assert reading["document"]["title"] == "Thực hiện nghị quyết về văn hóa đọc"


def test_a_word_in_capitals_on_a_sheet_is_no_kind():
    data = "HƯỚNG DẪN;;\nTT;Nhiệm vụ;Chủ trì\n1;Việc;Sở Y tế\n".encode()
    assert read_document(data, "bang.csv")["document"]["kind"] is None


def tree(text):
    reading = read(text)
    return [(s["id"], s["title"]) for s in reading["sections"]], [i["id"] for i in reading["items"]]


def test_parts_chapters_divisions_and_articles():
    sections, items = tree(
        "QUY CHẾ\nVề việc thử\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Quy chế áp dụng cho sở.\n"
        "Chương II\nTRÁCH NHIỆM\nMục 1\nCƠ QUAN\nĐiều 2. Sở\n1. Sở thực hiện."
    )
    assert sections == [
        ("Chương-I", "QUY ĐỊNH CHUNG"), ("Chương-I.Điều-1", "Phạm vi"), ("Chương-II", "TRÁCH NHIỆM"),
        ("Chương-II.Mục-1", "CƠ QUAN"), ("Chương-II.Mục-1.Điều-2", "Sở"),
    ]  # fmt: skip
    assert items == ["Chương-I.Điều-1.1", "Chương-II.Mục-1.Điều-2.1"]


def test_capital_letters_above_roman_numerals():
    sections, items = tree(
        "A. TÌNH HÌNH\nI. KẾT QUẢ\n- Đã mở lớp.\nB. NHIỆM VỤ\nI. THỂ CHẾ\n1. Rà soát\n- Sửa quy chế."
    )
    assert [identity for identity, _title in sections] == ["A", "A.I", "B", "B.I", "B.I.1"]
    assert items == ["A.I#1", "B.I.1#1"]


@pytest.mark.parametrize("head", ["Phần thứ nhất", "PHẦN I", "Phần 1."])
def test_parts(head):
    sections, items = tree(f"{head}\nMỤC TIÊU\nI. CHUNG\n- Mở lớp.")
    assert sections[0][1] == "MỤC TIÊU"
    assert items[0].endswith(".I#1")


@pytest.mark.parametrize("mark", ["-", "+", "•", "▪", "➢"])
def test_bullets(mark):
    _sections, items = tree(f"I. VIỆC\n{mark} Một.\n{mark} Hai.")
    assert items == ["I#1", "I#2"]


@pytest.mark.parametrize(
    ("line", "name", "id_"),
    [
        ("PHỤ LỤC 01", "Phụ lục 1", "PL-1#1"),
        ("Phụ lục số 2: Danh mục nhiệm vụ", "Phụ lục 2", "PL-2#1"),
        ("Phụ lục I.1", "Phụ lục I.1", "PL-I.1#1"),
        ("PHỤ LỤC A", "Phụ lục A", "PL-A#1"),
        ("Biểu số 01", "Biểu 1", "Biểu-1#1"),
        ("Phụ lục (Kèm theo Kế hoạch số 1/KH-UBND ngày 2/3/2026 của UBND tỉnh)", "Phụ lục", "PL#1"),
        ("Danh mục nhiệm vụ (Kèm theo Kế hoạch số 1/KH-UBND ngày 2/3/2026)", "Phụ lục", "PL#1"),
    ],
)
def test_headings_of_annexes(line, name, id_):
    data = f"{line}\n\n| TT | Nhiệm vụ | Chủ trì |\n| 1 | Việc | Sở Y tế |".encode()
    reading = read_document(data, "phu-luc.txt")
    assert [annex["label"] for annex in reading["annexes"]] == [name]
    assert [task["id"] for task in reading["tasks"]] == [id_]


def test_what_an_annex_was_issued_with_is_no_fact_of_the_file():
    reading = read("DANH MỤC NHIỆM VỤ\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 03/02/2026 của UBND tỉnh Lai Châu)")
    assert reading["annexes"][0]["issued_with"] == {
        "kind": "Quyết định", "symbol": "12/QĐ-UBND", "issued_on": "2026-02-03", "issuer": "UBND tỉnh Lai Châu",
    }  # fmt: skip
    assert reading["document"]["symbol"] is None


def test_an_office_without_a_name_is_that_of_the_body_above_it():
    head = "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\nVĂN PHÒNG\nSố: 45/TB-VPUB\n\nTHÔNG BÁO\nKết luận\n\n1. Báo cáo.\n"
    assert facts(head)["issuer"] == "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH LAI CHÂU"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("HƯỚNG DẪN\nĐiền cột hạn theo dạng ngày/tháng/năm. Không sửa cột mã.\nI. Danh mục", None),
        ("HƯỚNG DẪN\n- Điền cột hạn;\n- Không sửa cột mã", None),
        ("HƯỚNG DẪN\nCập nhật tiến độ nhiệm vụ chuyển đổi số\nI. MỤC ĐÍCH", "Hướng dẫn"),
        ("SỞ NỘI VỤ\nHƯỚNG DẪN\nCách chấm điểm. Cách báo cáo\nI. MỤC ĐÍCH", "Hướng dẫn"),
        ("KẾ HOẠCH\nPhát triển văn hóa đọc\nI. MỤC ĐÍCH", "Kế hoạch"),
        ("KẾ HOẠCH\n1. Mở thư viện.\n2. Mua sách.", "Kế hoạch"),
        ("Mở đầu.\n" * 9 + "KẾT LUẬN\nViệc đã xong", None),
    ],
)
def test_a_kind_stands_as_the_title_of_a_document(lines, kind):
    assert facts(lines)["kind"] == kind
