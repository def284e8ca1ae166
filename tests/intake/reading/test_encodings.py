"""Old Vietnamese encodings: told for certain and repaired with the printed form kept, or refused."""

import pytest

from tests.intake.plan import plan_bytes
from tests.intake.reading.old_fonts import LETTERS, tcvn3, vni, windows_1258
from tests.pace import takes_at_most
from tiendo.intake.reading import Unreadable, read_blocks
from tiendo.intake.reading.blocks import Cell, Paragraph, Position, Read, Row, Table
from tiendo.intake.reading.encodings import decode, decode_text, share_of_syllables
from tiendo.intake.reading.legacy import TCVN3, VNI, to_unicode
from tiendo.intake.reading.syllables import is_syllable
from tiendo.intake.reading.unmasking import repaired, repairer_of

TEXT = """Kế hoạch phát triển khoa học, công nghệ và đổi mới sáng tạo của tỉnh
Căn cứ Nghị quyết số 12/NQ-CP; mức 5 m², 3×4, 5G, R&D, PL1: đạt ½ tổng số
Ủy ban nhân dân xã Mường Thẳng ở nơi ấy; sẵn sàng, quý, thuỷ lợi, nghĩa vụ, tỷ lệ, lỵ sở
Đơn vị chủ trì: Sở Tài chính phối hợp với Ông Ẩn, Ý kiến, Ổn định, Ở đâu"""
ENCODERS = {
    "TCVN3 (ABC)": lambda text: tcvn3(text).encode("latin-1"),
    "VNI": lambda text: vni(text).encode("latin-1"),
    "Windows-1258": windows_1258,
}


@pytest.mark.parametrize("name", ENCODERS)
def test_a_text_file_in_an_old_encoding_is_repaired_and_its_printed_lines_kept(name):
    expected = TEXT if name != "TCVN3 (ABC)" else TEXT.replace("Ủy", "ủy").replace("Ông Ẩn, Ý", "Ông ẩn, ý")
    expected = expected.replace("Ổn", "ổn").replace("Ở", "ở") if name == "TCVN3 (ABC)" else expected
    source = read_blocks(ENCODERS[name](TEXT), "a.txt")
    assert source.lines == tuple(expected.split("\n"))
    assert source.encoding == name
    assert len(source.printed) == len(source.lines)
    assert name in source.remarks[0]
    assert source.remarks[0].endswith(".")


@pytest.mark.parametrize("name", ENCODERS)
def test_the_real_plan_survives_the_old_encodings(name):
    text = plan_bytes().decode()
    decoded = decode_text(ENCODERS[name](text.replace("…", "...").translate(str.maketrans("“”–", '""-'))))
    assert decoded.encoding == name
    assert share_of_syllables(decoded.text) > 0.98


def test_printed_lines_are_those_of_the_file():
    source = read_blocks(tcvn3(TEXT).encode("latin-1"), "a.txt")
    assert source.printed == tuple(tcvn3(TEXT).split("\n"))


@pytest.mark.parametrize("write", [tcvn3, vni])
def test_unicode_files_that_hold_old_letters_are_repaired_too(write):
    source = read_blocks(write(TEXT).encode(), "a.txt")
    assert source.encoding in {"TCVN3 (ABC)", "VNI"}
    assert source.lines[0] == TEXT.split("\n", maxsplit=1)[0]
    assert source.printed[0] == write(source.lines[0])


@pytest.mark.parametrize(("write", "scheme"), [(tcvn3, TCVN3), (vni, VNI)])
def test_every_letter_comes_back(write, scheme):
    for letter in LETTERS:
        assert to_unicode("b" + write(letter), scheme) == "b" + letter
    capitals = LETTERS.upper() if scheme == VNI else "ĂÂÊÔƠƯĐ"
    assert [to_unicode("B" + write(letter), scheme) for letter in capitals] == ["B" + letter for letter in capitals]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("KÕ HO¹CH PH¸T TRIÓN", "KẾ HOẠCH PHÁT TRIỂN"),
        ("KÕ HO¹CH ph¸t triÓn", "KẾ HOẠCH phát triển"),
        ("KÕ ho¹ch cña UBND tØnh", "Kế hoạch của UBND tỉnh"),
        ("UBND X· Nµ", "UBND Xã Nà"),
        ("®· cã, « nhiÔm, ë ®ã", "đã có, ô nhiễm, ở đó"),
        ("nhµ n−íc n∙m 5−7", "nhà nước nãm 5−7"),  # as PDFs give the signs
        ("3×4, § 5, m², «ng", "3×4, § 5, m², ông"),
    ],
)
def test_tcvn3_capitals_and_signs(printed, text):
    assert to_unicode(printed, TCVN3) == text


def test_vni_capitals_with_small_marks():
    assert to_unicode("Aùnh saùng, AÙNH SAÙNG, ÑOÄC LAÄP", VNI) == "Ánh sáng, ÁNH SÁNG, ĐỘC LẬP"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Số 12/KH-UBND ngày 3 tháng 3: §1, 5 m², ±2 °C, ½ tổng số",
        "Le café est à côté de l'hôtel, où naît l'été",
        "El niño está en la montaña; además, el año",
        "São Paulo, Água, não há avó para você",
        "Größe für die Straße über Öl",
        "bụi 10 µm\n5 µg\n3 µl\n2 µs",
        "PL1 5G R&D KH&CN 13.0",
        "Báo cáo tháng, có và không, hai hôm, làm thêm",
        "",
    ],
)
def test_good_text_is_never_touched(text):
    repair = repairer_of([text])
    assert (repair(text), repair.encoding) == (text, None)


def test_only_the_cells_in_the_old_font_are_changed():
    cells = ["Sở Tài chính", "PL1", "m²", tcvn3("Sở Công Thương"), tcvn3("phối hợp triển khai"), "hôn nhân", "Báo cáo"]
    repair = repairer_of(cells)
    assert repair.encoding == "TCVN3 (ABC)"
    assert [repair(cell) for cell in cells] == [*cells[:3], "Sở Công Thương", "phối hợp triển khai", *cells[5:]]


def test_words_that_could_be_either_follow_the_rest_of_a_wholly_old_document():
    texts = [vni("Kế hoạch chuyển đổi số của tỉnh"), vni("nhiều hơn")]
    repair = repairer_of(texts)
    assert [repair(text) for text in texts] == ["Kế hoạch chuyển đổi số của tỉnh", "nhiều hơn"]


def test_blocks_of_any_format_are_repaired_with_their_lines():
    place = Position(1, table=1, row=1)
    cells = (Cell(tcvn3("Phát triển dữ liệu"), place), Cell("Sở Tài chính", place), Cell("n\u00adước", place))
    row = Row(cells, place)
    read = Read(
        (Paragraph("Kế hoạch", Position(2)), Table((row,), place)), ("Kế hoạch", " | ".join(row.texts)), remarks=("a",)
    )
    result = repaired(read)
    assert result.lines == ("Kế hoạch", "Phát triển dữ liệu | Sở Tài chính | nước")
    assert result.blocks[1].rows[0].texts == ("Phát triển dữ liệu", "Sở Tài chính", "nước")
    assert result.printed == read.lines
    assert result.remarks[0] == "a"
    assert "TCVN3" in result.remarks[1]


def test_nothing_to_repair_leaves_the_reading_as_it_is():
    read = Read((Paragraph("Kế hoạch", Position(1)),), ("Kế hoạch",))
    assert repaired(read) is read


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_wide_letters_without_a_mark(order):
    assert decode(TEXT.encode(order)) == TEXT


@pytest.mark.parametrize(
    "data",
    [
        "Le café est à côté de l'hôtel, où naît l'été".encode("latin-1"),
        "kế".encode() + b"\xff\xfe\xc3",
        tcvn3("Kế hoạch").encode("latin-1"),  # two words tell nothing for certain
        bytes(range(128, 256)) * 20,
        b"\xff\xfea\xd8",
    ],
)
def test_what_cannot_be_told_for_certain_is_refused(data):
    with pytest.raises(Unreadable, match="UTF-8") as refusal:
        decode(data)
    assert str(refusal.value).endswith(".")


def test_syllables():
    words = "giết gì gìn quý khuỷu Nguyễn hoạch hoà hòa thuỷ thủy khuya ƯU yêu nghiêng xoong"
    assert [word for word in words.split() if not is_syllable(word)] == []


@pytest.mark.parametrize("word", ["caù", "été", "Së", "nhµ", "ưâ", "hocc", "cạm̀", "kiêc", "x", "", "ngê" * 9])
def test_no_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize("run", ["¸", "aù", "n\u00ad", "×", "ho¹ch ", "a¸" * 40 + " ", "\u2212"])
def test_long_runs_cost_no_more_than_their_length(run):
    data = (tcvn3(TEXT) + run * (400_000 // len(run))).encode()
    with takes_at_most(30):
        read_blocks(data, "a.txt")
