"""PDF files that are broken, locked or made to harm: one sentence, in bounded time, and this process lives on."""

import time
import zlib

import pytest

from tests.intake.reading.pdf_files import bare, show, stream, typeset
from tests.pace import takes_at_most
from tiendo.intake.reading import Unreadable, ocr, pdf, read_blocks
from tiendo.intake.reading.pdf_document import read_document
from tiendo.plans.spreadsheets.progress import ignore

LINE = show(72, 700, "Ke hoach nam 2026 cua tinh, giao viec cho tung co quan")
WORDS = "Ke hoach nam 2026 cua tinh, giao viec cho tung co quan"
PICTURE = "/Type /XObject /Subtype /Image /Width {0} /Height {0} /BitsPerComponent 8 /ColorSpace /DeviceGray"
COVERING = "q 595 0 0 842 0 0 cm /I Do Q\n"
UNMAPPED = "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Foo /Encoding /Identity-H /DescendantFonts [1000 0 R] >>"
DESCENDANT = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Foo /CIDSystemInfo << /Registry (Adobe) "
    b"/Ordering (Identity) /Supplement 0 >> "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /AAAAAA+Foo /Flags 4 >> >>"
)


def read(data):
    return read_document(data, ignore)


def scanned(*words, hidden=False):
    """A page for each text: a grey picture over the whole of it, and the text if there is any."""
    picture = stream(b"\xc0" * 64 * 64, PICTURE.format(64))
    mode = "3 Tr\n" if hidden else ""
    pages = [COVERING + mode + (show(72, 700, each) if each else "") for each in words]
    return bare(*pages, resources="/XObject << /I 1000 0 R >>", more=[picture])


def test_a_password_for_reading_is_asked_to_be_taken_off():
    with pytest.raises(Unreadable, match="mật khẩu"):
        read_blocks(bare(LINE, password="mo"), "a.pdf")


def test_an_owners_password_alone_keeps_nobody_from_reading():
    assert read(bare(LINE, password="")).lines == (WORDS,)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 3] + b"\n%%EOF",
        lambda data: b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF",
        lambda data: data.replace(b"/Kids [10 0 R]", b"/Kids [2 0 R] "),
        lambda data: data.replace(b"/Type /Catalog", b"/Type /Kataloq").replace(b"/Pages 2 0 R", b"/Pages 9 0 R"),
    ],
    ids=["truncated", "noise", "page tree in a circle", "no pages"],
)
def test_broken_files_are_refused_in_one_sentence(spoil):
    with pytest.raises(Unreadable) as refused:
        read_blocks(spoil(bare(LINE)), "a.pdf")
    assert str(refused.value).startswith("Tệp PDF")


def test_more_pages_than_any_plan_has_are_refused_at_once():
    with pytest.raises(Unreadable, match="2000 trang"):
        read(bare(LINE).replace(b"/Count 1 ", b"/Count 100000 "))


@pytest.mark.parametrize("box", ["0 0 1e9 1e9", "0 0 0 0", "-1e30 0 1e30 1", "900 900 10 10"])
def test_pages_of_impossible_size_are_read_all_the_same(box):
    assert read(bare(LINE, page=f"/MediaBox [{box}]")).lines == (WORDS,)


@pytest.mark.parametrize(
    "content",
    [
        "q " * 300_000 + LINE,
        LINE + "".join(f"{x % 595} 0 m {x % 595} 842 l S 0 {x % 842} m 595 {x % 842} l S\n" for x in range(60_000)),
        LINE + "1 0 0 1 0 0 cm " * 100_000,
        " " * 60_000_000 + LINE,
    ],
    ids=["deep states", "graph paper", "matrices", "blank bytes"],
)
def test_heavy_pages_take_bounded_time(content):
    with takes_at_most(100):
        read(bare(content))


def test_a_form_that_draws_itself_ends():
    form = stream(b"/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 1000 0 R >> >>")
    found = read(bare(f"/X Do {LINE}", resources="/XObject << /X 1000 0 R >>", more=[form]))
    assert found.lines == (WORDS,)


def test_letters_without_a_code_table_are_not_read_as_rubbish():
    coded = "BT /F1 12 Tf 1 0 0 1 72 700 Tm <" + "00240025002600270028" * 9 + "> Tj ET"
    with pytest.raises(Unreadable, match="bảng mã"):
        read(bare(coded, font=UNMAPPED, more=[DESCENDANT]))
    with pytest.raises(Unreadable, match="bảng mã"):
        read(typeset("Kế hoạch phát triển khoa học, công nghệ năm 2026").replace(b"/ToUnicode", b"/NoUnicode"))


def test_a_file_without_words_is_refused():
    with pytest.raises(Unreadable, match="không có chữ"):
        read(bare(""))


def test_a_scan_without_a_recogniser_names_the_package(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(Unreadable, match="tesseract-ocr-vie"):
        read(scanned("", ""))


def test_scanned_pages_among_others_are_named(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    found = read(scanned(WORDS, "", WORDS + " nua", "", ""))
    assert found.lines == (WORDS, f"{WORDS} nua")
    assert [remark.startswith("Trang 2, 4–5 là ảnh quét") for remark in found.remarks] == [True]


def test_hidden_letters_of_a_scanner_are_read_with_a_warning():
    found = read(scanned(WORDS, hidden=True))
    assert found.lines == (WORDS,)
    assert [remark.startswith("Chữ ở trang 1 là chữ ẩn") for remark in found.remarks] == [True]


def test_a_picture_of_a_billion_dots_ends_in_a_sentence(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    picture = stream(b"\0" * 1000, PICTURE.format(100_000))
    with pytest.raises(Unreadable, match="ảnh quét"):
        read(bare(COVERING, resources="/XObject << /I 1000 0 R >>", more=[picture]))


@pytest.mark.parametrize("child", ["import os; os.abort()", "raise MemoryError", "print('{}}', end='')", ""])
def test_a_reading_process_that_breaks_off_leaves_a_sentence(monkeypatch, child):
    monkeypatch.setattr(pdf, "CHILD", child)
    with pytest.raises(Unreadable, match="quá nặng hoặc bị hỏng"):
        read_blocks(bare(LINE), "a.pdf")


def test_a_reading_process_that_says_nothing_is_ended(monkeypatch):
    monkeypatch.setattr(pdf, "CHILD", "import time; print(0.1, flush=True); time.sleep(90)")
    monkeypatch.setattr(pdf, "SILENCE", 0.5)
    shares: list[float] = []
    start = time.monotonic()
    with pytest.raises(Unreadable, match="quá nặng"):
        read_blocks(bare(LINE), "a.pdf", shares.append)
    assert shares == [0.1]
    assert time.monotonic() - start < 60  # it did not wait for the sleeper


def test_text_that_unpacks_to_more_than_memory_ends_in_a_sentence_or_a_page():
    """Only the child may feel it."""
    bomb = bare(zlib.decompress(zlib.compress(show(72, 700, "x" * 1000).encode() * 4000)))
    assert len(bomb) < 200_000
    found = read_blocks(bomb, "a.pdf")
    assert sum(map(len, found.lines)) < 100_000


def test_a_page_with_more_letters_than_are_read_is_named():
    found = read(bare(LINE, "".join(show(20, 830 - at, "abcdefghij" * 10, 1) for at in range(700))))
    assert [str(remark) for remark in found.remarks] == [
        "Trang 2 có quá nhiều chữ nên chỉ đọc được phần đầu; hãy xem bản gốc."
    ]


def test_level_lines_of_any_length_take_bounded_time():
    with takes_at_most(40):
        read(bare(LINE + "".join(f"10 {at % 830} m {130 + at / 100} {at % 830} l S\n" for at in range(30_000))))
