"""Paged files: PDF through typst, LibreOffice and a browser, the old office formats and a scan of a page."""

import subprocess
import tempfile
from pathlib import Path

import typst

from tests.documents.making.model import Document, PageBreak, Para, Table, printed

FONTS = ["/usr/share/fonts/truetype/liberation2"]
DOTS = 300  # per inch: what an office scanner is set to
SCAN = '#set page(paper: "a4", margin: 0cm)\n'


def pdf_typst(document: Document) -> bytes:
    """Through typst: table headers repeated on each page, page numbers at the top."""
    return _typeset(typst_source(document))


def pdf_open_sides(document: Document) -> bytes:
    """The same with lines only between the rows of a table, as some templates have it."""
    return _typeset(typst_source(document).replace("stroke: 0.5pt", "stroke: (x: none, y: 0.5pt)"))


def pdf_bare(document: Document) -> bytes:
    """The same without any line: columns are told apart by the space between them."""
    return _typeset(typst_source(document).replace("stroke: 0.5pt", "stroke: none"))


def _typeset(source: str) -> bytes:
    return bytes(typst.compile(source.encode(), font_paths=FONTS, ignore_system_fonts=True))


def typst_source(document: Document) -> str:
    """The document in typst's own language."""
    flipped = ", flipped: true" if document.landscape else ""
    lines = [
        f'#set page(paper: "a4"{flipped}, margin: 2cm, numbering: "1", number-align: center + top)',
        '#set text(font: "Liberation Serif", size: 11pt, lang: "vi", hyphenate: false)',
    ]
    for part in document.parts:
        if isinstance(part, PageBreak):
            lines.append("#pagebreak()")
        elif isinstance(part, Table):
            lines.append(_table(part))
        else:
            lines.append(_paragraph(part))
    return "\n\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _paragraph(part: Para) -> str:
    inner = f"#text({_quoted(printed(part.text))})"
    inner = f"#strong[{inner}]" if part.style in {"title", "heading"} else inner
    where = {"title": "center", "center": "center", "right": "right"}.get(part.style)
    return f"#align({where})[{inner}]" if where else inner


def _table(table: Table) -> str:
    grid, width = table.grid(), table.width
    columns = ", ".join(f"{size}fr" for size in table.widths) if table.widths else ", ".join(["1fr"] * width)
    stroke = "0.5pt" if table.borders else "none"
    rows = [
        ", ".join(_cell(grid, top, left) for left, cell in enumerate(row) if cell not in {"^", "<"}) + ","
        for top, row in enumerate(grid)
    ]
    head = f"table.header(\n{chr(10).join(rows[: len(table.head)])}\n)," if table.head else ""
    body = "\n".join(rows[len(table.head) :])
    return f"#table(columns: ({columns},), stroke: {stroke}, inset: 4pt,\n{head}\n{body}\n)"


def _cell(grid: list[list[str]], top: int, left: int) -> str:
    down, across = 1, 1
    while top + down < len(grid) and grid[top + down][left] == "^":
        down += 1
    while left + across < len(grid[top]) and grid[top][left + across] == "<":
        across += 1
    inner = f"[#text({_quoted(grid[top][left])})]"
    return f"table.cell(rowspan: {down}, colspan: {across}){inner}" if down > 1 or across > 1 else inner


def converted(data: bytes, extension: str, target: str) -> bytes:
    """A file turned into another format by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"source.{extension}")
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", f"{folder}/out", str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return next(Path(folder, "out").iterdir()).read_bytes()


def printed_page(page: str) -> bytes:
    """A web page as the browser prints it to PDF."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.html").write_text(page, encoding="utf-8")
        flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/u",
        ]
        command = ["chromium", *flags, f"--print-to-pdf={folder}/out.pdf", f"file://{folder}/page.html"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return Path(folder, "out.pdf").read_bytes()


def scanned(data: bytes) -> bytes:
    """Each page of a PDF as a picture in black and white, in a PDF without any text."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "in.pdf").write_bytes(data)
        command = ["pdftoppm", "-r", str(DOTS), "-mono", "-png", "in.pdf", "page"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
        pictures = sorted(Path(folder).glob("*.png"))
        images = "\n#pagebreak()\n".join(f'#image("{picture.name}", width: 100%)' for picture in pictures)
        Path(folder, "scan.typ").write_text(SCAN + images, encoding="utf-8")
        return typst.compile(str(Path(folder, "scan.typ")))
