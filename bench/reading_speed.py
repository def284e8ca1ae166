"""How fast large files are read, and in how much memory: each in a process of its own, which measures itself.

Three times of the same bytes in one run: the words alone, as the library of the format gives them; the neutral blocks;
the whole reading. Their ratios are what to compare between machines.
"""

import io
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pypdfium2
import typst
import xlsxwriter
from lxml import etree
from python_calamine import CalamineWorkbook

from tiendo.intake.extraction.reading import read_document
from tiendo.intake.reading import read_blocks
from tiendo.plans.files import DEFAULT_LIMIT

ROOT = Path(__file__).parents[1]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONTS = ["/usr/share/fonts/truetype/liberation2"]
HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm")
LEADS = ("Sở Khoa học và Công nghệ", "Sở Tài chính", "Sở Nội vụ", "UBND các xã, phường", "Công an tỉnh")
DUES = ("Quý II/2026", "12/2026", "Trước ngày 30/9/2026", "2026-2027", "Hằng năm", "")
PAGES, ROWS_A_PAGE = 300, 14
REFUSED = 2  # how `tiendo read` ends when it cannot read a file


@dataclass(frozen=True)
class Speed:
    """One file: how many rows or pages, seconds of each of the three, and the most memory (MB) the reading held.

    `found` are the tasks in the reading: they must be all that were written.
    """

    name: str
    size: int
    unit: str
    megabytes: float
    words: float
    blocks: float
    whole: float
    found: int
    memory: int
    refusal: str | None = None


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Rows of a task annex, no two alike."""
    for number in range(1, count + 1):
        title = f"Rà soát, hoàn thiện quy trình số {number} và công bố trên Cổng thông tin điện tử của tỉnh"
        yield (
            str(number), title, LEADS[number % 5], f"{LEADS[(number + 1) % 5]}; {LEADS[(number + 3) % 5]}",
            DUES[number % 6], f"Quyết định số {number}",
        )  # fmt: skip


def docx_of(count: int) -> bytes:
    """A Word file with one table. Its XML is written directly: the library would need minutes."""
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in (HEAD, *rows(count))
    )
    grid = "<w:tblGrid>" + "<w:gridCol/>" * len(HEAD) + "</w:tblGrid>"
    title = "<w:p><w:r><w:t>PHỤ LỤC I</w:t></w:r></w:p>"
    text = f'<w:document xmlns:w="{WORD}"><w:body>{title}<w:tbl>{grid}{body}</w:tbl><w:p/></w:body></w:document>'
    blank, kept = io.BytesIO(), io.BytesIO()
    docx.Document().save(blank)
    with zipfile.ZipFile(blank) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = text.encode() if member.filename == "word/document.xml" else source.read(member)
            target.writestr(member.filename, content)
    return kept.getvalue()


def xlsx_of(count: int) -> bytes:
    """A workbook with one sheet."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet("Nhiệm vụ")
    for at, row in enumerate((HEAD, *rows(count))):
        sheet.write_row(at, 0, row)
    book.close()
    return kept.getvalue()


def pdf_of(pages: int) -> bytes:
    """A PDF of so many pages, each with a paragraph and a ruled table that goes on from the page before."""
    parts = ['#set page(paper: "a4", flipped: true, margin: 1.5cm)', '#set text(font: "Liberation Serif", size: 10pt)']
    parts.append("#align(center)[#strong[PHỤ LỤC I]]")
    listed = list(rows(pages * ROWS_A_PAGE))
    head = "table.header(" + ", ".join(f"[{cell}]" for cell in HEAD) + "),"
    for page in range(pages):
        some = listed[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
        cells = "\n".join(", ".join(f"[{cell}]" for cell in row) + "," for row in some)
        parts.append(f"#table(columns: (1cm, 8cm, 4cm, 5cm, 3cm, 4cm), stroke: 0.5pt,\n{head}\n{cells}\n)")
        parts.append("#pagebreak()" if page + 1 < pages else "")
    return bytes(typst.compile("\n\n".join(parts).encode(), font_paths=FONTS, ignore_system_fonts=True))


def _docx_words(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(map(len, etree.fromstring(archive.read("word/document.xml")).itertext()))


def _xlsx_words(data: bytes) -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


def _pdf_words(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    return sum(len(document[page].get_textpage().get_text_range()) for page in range(len(document)))


WORDS: dict[str, Callable[[bytes], int]] = {"docx": _docx_words, "xlsx": _xlsx_words, "pdf": _pdf_words}
FILES: dict[str, tuple[int, str, Callable[[], bytes]]] = {
    "500-row annex.docx": (500, "rows", lambda: docx_of(500)),
    "5,000-row workbook.xlsx": (5_000, "rows", lambda: xlsx_of(5_000)),
    "300 pages of tables.pdf": (PAGES, "pages", lambda: pdf_of(PAGES)),
    "100 MB.docx": (0, "rows", lambda: b"PK\x03\x04" + b"\0" * 100_000_000),
}


def speeds() -> Iterator[Speed]:
    """Make each file, and have a process of its own measure it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (size, unit, make) in FILES.items():
            path = Path(folder, name)
            path.write_bytes(make())
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-m", "bench.reading_speed", str(path)],
                cwd=ROOT, capture_output=True, text=True, check=True, timeout=600,
            )  # fmt: skip
            yield Speed(name, size, unit, path.stat().st_size / 1e6, **json.loads(done.stdout.splitlines()[-1]))


def timed(act: Callable[[], object]) -> float:
    """Seconds an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure(path: Path) -> dict[str, object]:
    """Measure one file in this process. The whole reading comes first, so that its memory is its own."""
    if path.stat().st_size > DEFAULT_LIMIT:
        return _refused(path)
    data, extension = path.read_bytes(), path.suffix[1:]
    read_document("PHỤ LỤC I\n\nTT | Nhiệm vụ | Chủ trì\n1 | a | Sở Nội vụ\n".encode(), "warm.txt")
    start = time.perf_counter()
    found = read_document(data, path.name)
    whole, memory = time.perf_counter() - start, _peak()
    words, blocks = timed(lambda: WORDS[extension](data)), timed(lambda: read_blocks(data, path.name))
    return {"words": words, "blocks": blocks, "whole": whole, "found": len(found["tasks"]), "memory": memory}


def _refused(path: Path) -> dict[str, object]:
    """What `tiendo read` says of a file over the limit, and the memory that took."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "tiendo.config.console", "read", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    whole = time.perf_counter() - start
    said = done.stderr.strip() if done.returncode == REFUSED and not done.stdout else "not refused"
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return {"words": 0, "blocks": 0, "whole": whole, "found": 0, "memory": memory, "refusal": said}


def _peak() -> int:
    """The most memory this process and the largest it started have held, in MB. Its own stands in /proc: the figure of
    getrusage would begin with what the process that started this one held."""
    own = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (int(own[1] if own else 0) + started) // 1024


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
