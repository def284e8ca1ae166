"""Scanned pages: letters by recognition, with their places, where a recogniser is installed."""

import pypdfium2.raw as pdfium
import pytest

from tests.intake.reading.pdf_files import bare, stream, table, text, typeset
from tiendo.intake.reading import ocr
from tiendo.intake.reading.blocks import Paragraph, Table
from tiendo.intake.reading.ocr_numbers import overlooked
from tiendo.intake.reading.ocr_numerals import recounted
from tiendo.intake.reading.ocr_rules import drawn_lines
from tiendo.intake.reading.ocr_run import Picture, Seen
from tiendo.intake.reading.pdf_document import read_document
from tiendo.intake.reading.pdf_frame import frame_of
from tiendo.intake.reading.pdf_grid import find_grids
from tiendo.intake.reading.pdf_rules import Drawing, Rule, joined
from tiendo.plans.spreadsheets.progress import ignore

needs_recogniser = pytest.mark.skipif(not ocr.available(), reason="tesseract-ocr-vie is not installed")
ROWS = [["TT", "Nhiệm vụ", "Thời hạn"], ["1", "Đào tạo cán bộ", "12/2026"], ["2", "Số hóa hồ sơ", "Quý III/2026"]]
HEAD = "KẾ HOẠCH\n\nTăng cường chuyển đổi số trong cơ quan nhà nước năm 2026 trên địa bàn tỉnh.\n\n"


def picture_of(data):
    """The first page of a PDF as dots."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    try:
        return ocr.drawn(page, frame_of(page).size())
    finally:
        pdfium.FPDF_ClosePage(page)
        pdfium.FPDF_CloseDocument(document)


def scanned(data):
    """The page as a picture and nothing else."""
    dots = picture_of(data)
    size = f"/Width {dots.width} /Height {dots.height} /BitsPerComponent 8 /ColorSpace /DeviceGray"
    wide, high = dots.width / dots.scale, dots.height / dots.scale
    picture = stream(dots.dots, f"/Type /XObject /Subtype /Image {size}")
    place = f"q {wide} 0 0 {high} 0 0 cm /I Do Q"
    return bare(place, page=f"/MediaBox [0 0 {wide} {high}]", resources="/XObject << /I 1000 0 R >>", more=[picture])


def page():
    return typeset(
        text(HEAD).replace(" \\\n \\\n", "\n\n") + table(ROWS, "(1cm, 5cm, 3cm)"), "width: 14cm, height: 8cm"
    )


@needs_recogniser
def test_a_scan_is_read_with_its_table_and_a_warning():
    found = read_document(scanned(page()), ignore)
    (grid,) = [block for block in found.blocks if isinstance(block, Table)]
    assert [row.texts for row in grid.rows] == [tuple(row) for row in ROWS]
    printed = " ".join(block.text for block in found.blocks if isinstance(block, Paragraph))
    assert printed == " ".join(HEAD.split())
    assert found.remarks[0].startswith("Chữ ở trang 1 do máy nhận dạng")


def test_lines_of_a_picture_are_found_and_letters_are_not_taken_for_lines():
    dots = picture_of(page())
    level, upright = drawn_lines(dots.width, dots.height, dots.dots)
    grids = find_grids(Drawing(*(tuple(joined(points(rules, dots.scale))) for rules in (level, upright))))
    assert [(len(grid.xs), len(grid.ys)) for grid in grids] == [(4, 4)]
    assert drawn_lines(400, 300, b"\xff" * 120_000) == ([], [])
    letters = picture_of(typeset(text(HEAD)))
    assert drawn_lines(letters.width, letters.height, letters.dots) == ([], [])


def points(rules, scale):
    return [Rule(rule.at / scale, rule.start / scale, rule.end / scale) for rule in rules]


def boxed(word, typed):
    """A typed word as a recogniser would give it, with its real place on the picture."""
    dots = picture_of(typeset(typed, "width: 6cm, height: 2cm, margin: 0.5cm"))
    rows = [dots.dots[y * dots.width : (y + 1) * dots.width] for y in range(dots.height)]
    ink = [y for y, row in enumerate(rows) if min(row) < 128]
    sides = [x for x in range(dots.width) if min(row[x] for row in rows) < 128]
    return dots, Seen(word, sides[0], ink[0], sides[-1] + 1, ink[-1] + 1, ("1",), 60.0)


@pytest.mark.parametrize(
    ("seen", "typed", "read"),
    [
        ("II/2026", "III/2026", "III/2026"),
        ("IH/2026", "III/2026", "III/2026"),
        ("II/2026", "II/2026", "II/2026"),
        ("I/2011", "I/2011", "I/2011"),
        ("IV/2026", "IV/2026", "IV/2026"),
        ("11/2026", "11/2026", "11/2026"),
    ],
)
def test_the_strokes_of_a_quarter_are_counted(seen, typed, read):
    assert recounted(*boxed(seen, typed)).text == read


def test_a_picture_keeps_within_its_bounds_on_a_page_of_metres():
    dots = picture_of(bare("", page="/MediaBox [0 0 14000 14000]"))
    assert dots.width * dots.height <= ocr.MOST_DOTS
    assert len(dots.dots) == dots.width * dots.height


def test_no_table_no_overlooked_numbers():
    assert overlooked(Picture(4, 4, b"\0" * 16, 1.0), [], []) == []
