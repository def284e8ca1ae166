"""The PDF read back: its words, its typeface, its pages, its links."""

import random
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from tests.papers.samples import LETTERS, MADE_AT, hostile_paper, sample_paper, words
from tiendo.papers.fonts import MissingFont, characters, font_folder
from tiendo.papers.model import Align, Annex, BandRow, Column, Heading, Paragraph, Ref, Run, TableBlock
from tiendo.papers.pdf import TypesettingFailed, render_pdf


def pages(data: bytes) -> list[str]:
    """Text of each page, spaces evened out."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def sample() -> bytes:
    return render_pdf(sample_paper(), made_at=MADE_AT)


def test_every_vietnamese_letter_is_there() -> None:
    paper = replace(sample_paper(), body=(words(LETTERS), words(LETTERS.upper())), annexes=())
    (text,) = pages(render_pdf(paper, made_at=MADE_AT))
    assert set(LETTERS + LETTERS.upper()) <= set(text)


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("paper", [sample_paper(), hostile_paper()], ids=["sample", "hostile"])
def test_only_one_typeface_is_embedded(paper, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(render_pdf(paper, made_at=MADE_AT))
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert listed
    for line in listed:
        assert re.match(r"[A-Z]{6}\+LiberationSerif(-Bold|-Italic|-BoldItalic)? ", line), line
        assert line.split()[-5] == "yes"


def test_pages_numbers_and_marks(sample: bytes) -> None:
    texts = pages(sample)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts[0]
    assert texts[0].startswith("DỮ LIỆU MINH HỌA")
    assert texts[1].startswith("2 ")
    assert texts[2].startswith("3 ")
    annex = next(at for at, text in enumerate(texts) if "Phụ lục I " in text)
    assert texts[annex].startswith("DỮ LIỆU MINH HỌA Phụ lục I DANH MỤC")
    assert texts[annex + 1].startswith("2 STT Nhiệm vụ")
    assert all("không có giá trị pháp lý" in text and "9f2c4e01a7b3d865" in text for text in texts)


def test_annex_is_turned_and_the_paper_is_a4(sample: bytes) -> None:
    document = pypdfium2.PdfDocument(sample)
    sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
    document.close()
    assert sizes[0] == sizes[-1] == (210, 297)
    assert (297, 210) in sizes


def test_it_is_archival_tagged_and_in_vietnamese(sample: bytes) -> None:
    assert b"<pdfaid:part>2</pdfaid:part>" in sample
    assert b"/MarkInfo" in sample
    assert re.search(rb"/Lang\s*\(vi", sample)


def test_references_are_links_to_rows(sample: bytes) -> None:
    document = pypdfium2.PdfDocument(sample)
    links = sum(obj is not None for obj in _links(document[0]))
    document.close()
    assert links >= 3


def _links(page: pypdfium2.PdfPage) -> list[object]:
    raw = pypdfium2.raw
    found = [raw.FPDFPage_GetAnnot(page.raw, at) for at in range(raw.FPDFPage_GetAnnotCount(page.raw))]
    return [annot for annot in found if raw.FPDFAnnot_GetSubtype(annot) == raw.FPDF_ANNOT_LINK]


def test_hostile_text_is_shown_and_never_run() -> None:
    text = " ".join(pages(render_pdf(hostile_paper(), made_at=MADE_AT)))
    assert '</w:t></w:r> & "x" #panic("out") [a] $y$ \\ `z` *đậm* _ng_ @key <a> //c /*d*/ □' in text
    assert "漢" not in text


def test_edges_of_what_a_paper_may_hold() -> None:
    column = Column("", 1, Align.JUSTIFY)
    blocks = (
        Heading(3, ""),
        Paragraph((), Align.CENTER),
        Paragraph((Run("giữa"), Ref(())), Align.CENTER),
        TableBlock((column,), ()),
        TableBlock((column, column), (BandRow("một"), BandRow("hai"), ((), ""), BandRow("ba"))),
        TableBlock((column, Column("c", 9)), (("cao " * 900 + "tận cùng", "x" * 400),)),
    )
    paper = replace(sample_paper(), parent_agency="", recipients=(), addressees=(), footer_note="", body=blocks)
    paper = replace(paper, annexes=(Annex("Phụ lục", "", ()),), illustrative=False, summary="")
    text = " ".join(pages(render_pdf(paper, made_at=MADE_AT)))
    assert "tận cùng" in " ".join(text.split())
    assert "giữa" in text
    assert "[]" not in text


def test_same_paper_same_bytes(sample: bytes) -> None:
    assert render_pdf(sample_paper(), made_at=MADE_AT) == sample
    assert render_pdf(sample_paper(), made_at=datetime(2027, 1, 1, tzinfo=UTC)) != sample


def test_work_that_takes_too_long_or_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(TypesettingFailed, match=r"0\.001 seconds"):
        render_pdf(sample_paper(), made_at=MADE_AT, seconds=0.001)
    broken = tmp_path / "broken.typ"
    broken.write_text("#panic(sys.inputs.paper.len())")
    monkeypatch.setattr("tiendo.papers.pdf._TEMPLATE", broken)
    with pytest.raises(TypesettingFailed, match="panicked with"):
        render_pdf(sample_paper(), made_at=MADE_AT)


def test_missing_font_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(MissingFont, match="fonts-liberation2"):
        render_pdf(sample_paper(), made_at=MADE_AT, folders=[tmp_path])


def test_a_face_without_all_letters_is_passed_over(tmp_path: Path) -> None:
    for face in ("Regular", "Bold", "Italic", "BoldItalic"):
        (tmp_path / f"LiberationSerif-{face}.ttf").write_bytes(b"\0" * 64)
    good = font_folder()
    assert font_folder([tmp_path, good]) == good
    assert ord("ộ") in characters(good)
    assert ord("漢") not in characters(good)


def test_long_words_break_at_the_edge_and_hashes_stay_whole() -> None:
    address, head = "https://vi-du.vn/" + "abcdefghij" * 30, "0123456789abcdef" * 4
    paper = replace(sample_paper(), body=(words(address),), annexes=(), footer_note=head)
    (text,) = pages(render_pdf(paper, made_at=MADE_AT))
    assert head in text
    assert address in re.sub(r"[\s\u200b\x02\ufffe]", "", text)


@pytest.mark.parametrize("head", ["0123456789abcdef" * 4, "d" * 64])
def test_a_hash_in_a_line_of_its_own_is_copied_whole(head: str) -> None:
    paper = replace(sample_paper(), body=(Paragraph((Run(head),), Align.LEFT), words("Hết")), annexes=())
    data = render_pdf(paper, made_at=MADE_AT)
    (text,) = pages(data)
    assert head in text
    document = pypdfium2.PdfDocument(data)
    page = document[0].get_textpage()
    (found,) = (
        page.get_rect(at) for at in range(page.count_rects()) if page.get_text_bounded(*page.get_rect(at)) == head
    )
    document.close()
    assert found[2] <= 595.3 - 15 / 25.4 * 72 + 0.5  # the right margin


@pytest.mark.parametrize("seed", range(6))
def test_bands_and_rows_in_any_order(seed: int) -> None:
    order = random.Random(seed).choices("brrt", k=60)
    column = Column("cột", 1)
    tall = "cao " * 400
    rows = [
        BandRow(f"nhóm {at}") if kind == "b" else (f"dòng {at}", tall if kind == "t" else "")
        for at, kind in enumerate(order)
    ]
    paper = replace(sample_paper(), body=(TableBlock((column, column), rows, total=("cộng", "")),), annexes=())
    text = " ".join(pages(render_pdf(paper, made_at=MADE_AT)))
    assert all(f"{'nhóm' if kind == 'b' else 'dòng'} {at} " in text for at, kind in enumerate(order))


@pytest.mark.slow
def test_two_thousand_rows() -> None:
    texts = pages(render_pdf(sample_paper(tasks=2000), made_at=MADE_AT))
    assert sum(text.count("Đang thi công") for text in texts) == 2000
