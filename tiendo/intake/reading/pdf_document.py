"""A PDF file read inside this process: opened, walked page by page, given as blocks. `pdf.read_pdf` guards it.

The library is not safe for threads: one page is read at a time.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from tiendo.intake.reading import ocr
from tiendo.intake.reading.blocks import Read
from tiendo.intake.reading.pdf_flow import Flow
from tiendo.intake.reading.pdf_page import Page, read_page
from tiendo.intake.reading.pdf_words import OldWord
from tiendo.intake.reading.unmasking import repair_remark
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.progress import Progress
from tiendo.ui.sentences import Sentence

MOST_PAGES = 2_000
MOST_SCANS = 60  # pages recognised in one file; each takes seconds
FEW_LETTERS = 30  # a scanned page may carry a stamp or a page number as text
SCAN = 0.5  # of the page: a picture that covers more is a scan when there are few letters
MOST_BROKEN = 0.3  # of the letters: with more the text is no text
LISTED = 12
LOCK = threading.Lock()


@dataclass
class _Taken:
    """Pages as they come in, and what is to be said about them."""

    pages: list[Page]
    scans: list[int]  # no text on them, only a picture
    recognised: list[int]


def read_document(data: bytes, progress: Progress) -> Read:
    """Blocks and lines of a PDF with its pages.

    Raises Unreadable when it cannot be opened, holds no text that could be read, or text without letters.
    """
    with _opened(data) as document:
        count = _count(document)
        taken = _take(document, count, progress)
    _refuse_rubbish(taken)
    flow = Flow()
    flow.read(taken.pages)
    if not flow.blocks:
        raise Unreadable(_no_text(bool(taken.scans)))
    seen = tuple(sorted({*taken.recognised, *_hidden(taken)}))
    remarks = tuple(_remarks(taken))
    read = Read(tuple(flow.blocks), tuple(flow.lines), pages=count, remarks=remarks, recognised=seen)
    return _with_printed(read, [word for page in taken.pages for word in page.old])


def _with_printed(read: Read, old: Sequence[OldWord]) -> Read:
    """The reading with its lines as printed, where words of old fonts were put into Unicode."""
    if not old:
        return read
    encoding = Counter(word.scheme for word in old).most_common(1)[0][0]
    was = {word.text: word.printed for word in old}
    printed = tuple(" ".join(was.get(word, word) for word in line.split(" ")) for line in read.lines)
    return replace(read, encoding=encoding, printed=printed, remarks=(*read.remarks, repair_remark(encoding)))


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    with LOCK:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        error = pdfium.FPDF_GetLastError()
    if not document:
        if error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Unreadable(_("Tệp PDF được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại."))
        raise Unreadable(_damaged())
    try:
        yield document
    finally:
        with LOCK:
            pdfium.FPDF_CloseDocument(document)


def _damaged() -> str:
    return _("Tệp PDF bị hỏng, không mở được; hãy xuất hoặc quét lại rồi gửi lại.")


def _count(document: Any) -> int:
    with LOCK:
        count = int(pdfium.FPDF_GetPageCount(document))
    if count < 1:
        raise Unreadable(_damaged())
    if count > MOST_PAGES:
        raise Unreadable(
            Sentence.of(_("Tệp PDF có hơn {most} trang; hãy tách thành nhiều tệp rồi đọc từng tệp."), most=MOST_PAGES)
        )
    return count


def _take(document: Any, count: int, progress: Progress) -> _Taken:
    taken = _Taken([], [], [])
    for at in range(count):
        with LOCK, _loaded(document, at) as loaded:
            page = read_page(loaded, at + 1, taken.pages[-1] if taken.pages else None) if loaded else None
            if page and _is_scan(page):
                page = _recognised(loaded, page, taken)
        if page:
            taken.pages.append(page)
        progress((at + 1) / count)
    return taken


@contextmanager
def _loaded(document: Any, at: int) -> Iterator[Any]:
    page = pdfium.FPDF_LoadPage(document, at)
    try:
        yield page
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def _is_scan(page: Page) -> bool:
    return page.letters < FEW_LETTERS and page.picture >= SCAN


def _recognised(loaded: Any, page: Page, taken: _Taken) -> Page:
    """The page with the text a recogniser sees on it, where one is installed; otherwise as it is."""
    found = ocr.recognise(loaded, page.number) if len(taken.recognised) < MOST_SCANS and ocr.available() else None
    if found is None or not found.letters:
        taken.scans.append(page.number)
        return page
    taken.recognised.append(page.number)
    return found


def _refuse_rubbish(taken: _Taken) -> None:
    letters, broken = sum(page.letters for page in taken.pages), sum(page.broken for page in taken.pages)
    if broken > MOST_BROKEN * letters:
        raise Unreadable(
            _("Chữ trong tệp PDF không kèm bảng mã nên không đọc được; hãy gửi bản Word hoặc in và quét lại.")
        )


def _no_text(scanned: bool) -> str:
    if not scanned:
        return _("Tệp PDF không có chữ nào; hãy kiểm tra lại tệp nguồn.")
    if ocr.available():
        return _("Tệp PDF là ảnh quét không nhận dạng được chữ; hãy quét lại rõ hơn hoặc gửi bản Word.")
    return _("Tệp PDF là ảnh quét; để nhận dạng chữ, hãy cài gói tesseract-ocr-vie trên máy chủ, hoặc gửi bản Word.")


def _hidden(taken: _Taken) -> list[int]:
    """Pages whose letters a scanner recognised and laid under the picture."""
    return [page.number for page in taken.pages if page.hidden and page.number not in taken.recognised]


def _remarks(taken: _Taken) -> Iterator[str]:
    hidden = _hidden(taken)
    cut = [page.number for page in taken.pages if page.cut]
    unsure = [page.number for page in taken.pages if page.unsure]
    broken = [page.number for page in taken.pages if page.broken > MOST_BROKEN * page.letters]
    for pages, sentence in (
        (taken.recognised, _("Chữ ở trang {pages} do máy nhận dạng từ ảnh quét; hãy đối chiếu với bản gốc.")),
        (hidden, _("Chữ ở trang {pages} là chữ ẩn do máy quét nhận dạng; hãy đối chiếu với bản gốc.")),
        (taken.scans, _("Trang {pages} là ảnh quét, không đọc được chữ; để nhận dạng, cần gói tesseract-ocr-vie.")),
        (cut, _("Trang {pages} có quá nhiều chữ nên chỉ đọc được phần đầu; hãy xem bản gốc.")),
        (unsure, _("Bảng ở trang {pages} không đủ đường kẻ để đọc chắc chắn; chữ được giữ nguyên thành các đoạn.")),
        (broken, _("Chữ ở trang {pages} không kèm bảng mã nên không đọc được; hãy xem bản gốc.")),
    ):
        if pages:
            yield Sentence.of(sentence, pages=_listed(pages))
    doubtful = [word for page in taken.pages for word in page.doubtful]
    if doubtful:
        words = "; ".join(f"“{word}”" for word in doubtful[:LISTED]) + ("…" if len(doubtful) > LISTED else "")
        yield Sentence.of(_("Máy nhận dạng chưa chắc các chữ: {words}."), words=words)


def _listed(pages: Sequence[int]) -> str:
    """Page numbers in words, runs of them shortened: 1, 3–7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs[:LISTED]]
    return ", ".join(words) + ("…" if len(runs) > LISTED else "")
