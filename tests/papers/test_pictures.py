"""A picture in a paper is the same in PDF and in Word, with its words under it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pypdfium2 as pdfium
import pytest

from tests.papers.samples import MADE_AT, sample_paper
from tiendo.papers import pictures, wordtext
from tiendo.papers.charts import Goal, Point, Series
from tiendo.papers.docx import render_docx
from tiendo.papers.fonts import MissingFont
from tiendo.papers.model import Paper, Picture
from tiendo.papers.pdf import render_pdf
from tiendo.papers.pictures import png_of, size_of
from tiendo.reporting.papers.pictures import MOST, chart_block, chart_blocks

SERIES = Series(
    title="Thanh toán không dùng tiền mặt",
    unit="%",
    points=(Point(date(2025, 12, 31), "2025", Decimal("61.3")),),
    final=Goal(date(2030, 12, 31), "2030", Decimal(80)),
    state="đúng lộ trình",
)


def paper() -> Paper:
    given = sample_paper(tasks=3)
    return replace(given, annexes=(replace(given.annexes[0], blocks=(chart_block(SERIES),)),))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_picture_becomes_the_same_dots_each_time() -> None:
    block = chart_block(SERIES)
    png = png_of(block.svg, width=block.width)
    assert png == png_of(block.svg, width=block.width)
    wide, high = size_of(png)
    assert abs(wide - block.width / 25.4 * 200) < 3
    assert 0 < high < wide


def test_word_shows_the_picture_and_says_it() -> None:
    made = parts(render_docx(paper(), made_at=MADE_AT))
    assert made["word/media/picture1.png"].startswith(b"\x89PNG")
    document = made["word/document.xml"].decode()
    ET.fromstring(document)
    assert 'r:embed="picture1"' in document
    assert document.count("61,3") >= 2  # what is read where it is not seen, and under the picture
    assert "media/picture1.png" in made["word/_rels/document.xml.rels"].decode()
    assert 'Extension="png"' in made["[Content_Types].xml"].decode()


def test_without_a_typeface_the_words_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_given: object, **_more: object) -> bytes:
        raise MissingFont

    monkeypatch.setattr(wordtext, "png_of", missing)
    made = parts(render_docx(paper(), made_at=MADE_AT))
    assert not [name for name in made if "media" in name]
    assert "61,3" in made["word/document.xml"].decode()
    assert 'Extension="png"' not in made["[Content_Types].xml"].decode()


def test_the_pdf_shows_the_picture_and_its_letters_are_text() -> None:
    pdf = pdfium.PdfDocument(render_pdf(paper(), made_at=MADE_AT))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "61,3" in text
    assert "Thanh toán không dùng tiền mặt" in text


def test_a_paper_has_so_many_charts_and_none_of_nothing() -> None:
    bare = replace(SERIES, points=())
    assert chart_blocks([bare]) == ()
    assert len(chart_blocks([SERIES] * (MOST + 3))) == MOST


@pytest.mark.parametrize("width", [9, 166])
def test_a_picture_fits_the_page(width: int) -> None:
    with pytest.raises(ValueError, match="165 mm"):
        Picture("<svg/>", "", width)


def test_a_broken_picture_is_refused() -> None:
    with pytest.raises(pictures.TypesettingFailed):
        png_of("<svg", width=50)
