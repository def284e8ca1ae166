"""Files of characters: text, Markdown, HTML and CSV."""

import csv
import html
import io
from collections.abc import Iterator

from tests.documents.making.model import Document, PageBreak, Para, Table, printed

ALIGN = {"title": ' align="center"', "center": ' align="center"', "right": ' align="right"'}


def text(document: Document, bar: str = " | ") -> str:
    """Paragraphs with a blank line between, tables with bars."""
    return "\n".join(_text_lines(document, bar)) + "\n"


def _text_lines(document: Document, bar: str) -> Iterator[str]:
    for part in document.parts:
        if isinstance(part, Para):
            yield printed(part.text)
            yield ""
        elif isinstance(part, Table) and not part.borders:
            yield from _columns(part)
            yield ""
        elif isinstance(part, Table):
            for row in _flat(part):
                yield bar.join(cell.replace("\n", " ") for cell in row).rstrip(" ")
            yield ""


def _columns(table: Table) -> Iterator[str]:
    """A letterhead or a signature: each cell's lines one below another."""
    for column in zip(*_flat(table), strict=True):
        for cell in column:
            yield from cell.split("\n")
        yield ""


def _flat(table: Table) -> list[list[str]]:
    """The grid of a format without merged cells: the covered places stay blank."""
    return [["" if cell in {"^", "<"} else cell for cell in row] for row in table.grid()]


def markdown(document: Document) -> str:
    """Headings with #, tables with bars and a rule."""
    return "\n".join(_markdown_lines(document)) + "\n"


def _markdown_lines(document: Document) -> Iterator[str]:
    for part in document.parts:
        if isinstance(part, Para):
            mark = {"title": "# ", "heading": "## "}.get(part.style, "")
            yield mark + printed(part.text)
            yield ""
        elif isinstance(part, Table) and not part.borders:
            yield from _columns(part)
        elif isinstance(part, Table):
            rows = _flat(part)
            for at, row in enumerate(rows):
                yield "| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |"
                if at == 0:
                    yield "|" + "---|" * len(row)
            yield ""


def web(document: Document) -> str:
    """HTML as an office program writes it: tags in capitals here and there, hard spaces in blank cells."""
    title = html.escape(document.name)
    head = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{title}</title></head>'
    )
    return "\n".join([head, "<body>", *_web_lines(document), "</body></html>"]) + "\n"


def _web_lines(document: Document) -> Iterator[str]:
    for part in document.parts:
        if isinstance(part, Para):
            inner = html.escape(printed(part.text))
            inner = f"<b>{inner}</b>" if part.style in {"title", "heading"} else inner
            yield f"<P{ALIGN.get(part.style, '')}>{inner}</P>"
        elif isinstance(part, PageBreak):
            yield "<hr>"
        else:
            yield f'<TABLE border="{int(part.borders)}">'
            grid = part.grid()
            for top, row in enumerate(grid):
                yield "<tr>" + "".join(_web_cell(grid, top, left) for left, cell in enumerate(row)) + "</tr>"
            yield "</TABLE>"


def _web_cell(grid: list[list[str]], top: int, left: int) -> str:
    if grid[top][left] in {"^", "<"}:
        return ""
    down, across = 1, 1
    while top + down < len(grid) and grid[top + down][left] == "^":
        down += 1
    while left + across < len(grid[top]) and grid[top][left + across] == "<":
        across += 1
    spans = f' rowspan="{down}"' * (down > 1) + f' colspan="{across}"' * (across > 1)
    inner = "<br>".join(html.escape(line) for line in grid[top][left].split("\n")) or "&nbsp;"
    return f"<td{spans}>{inner}</td>"


PORTAL_HEAD = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Cổng thông tin điện tử</title></head>
<body><header><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/van-ban">Văn bản</a></li></ul></nav></header>
<table width="100%" cellpadding="0"><tbody><tr><td class="menu"><ul><li>Giới thiệu</li><li>Tin tức</li></ul></td>
<td class="content"><div class="article">"""
PORTAL_FOOT = """</div></td></tr></tbody></table><footer><p>Bản quyền thuộc Cổng thông tin điện tử tỉnh</p></footer>
<script>var table = "<table><tr><td>TT</td></tr></table>";</script></body></html>"""


def portal_web(document: Document) -> str:
    """A page of a portal: the document in a cell of the table that lays the page out, menus and a footer around it."""
    body = "\n".join(_web_lines(document)).replace("<TABLE", '<table class="tbl"').replace("</TABLE>", "</table>")
    return f"{PORTAL_HEAD}\n{body}\n{PORTAL_FOOT}\n"


OFFICE_HEAD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=unicode">
<meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm; font-family:"Times New Roman"} td {border:solid windowtext 1.0pt} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<script>document.title = "TT | Nhiệm vụ | Cơ quan chủ trì";</script></head>
<body lang=VI style='tab-interval:36.0pt'><div class=WordSection1>"""


def office_web(document: Document) -> str:
    """HTML as Word saves it: its own tags and styles, paragraphs inside cells, comments that hold markup."""
    body = "\n".join(_web_lines(document)).replace("<br>", "</span></p><p class=MsoNormal><span>")
    body = (
        body.replace("<P", "<p class=MsoNormal")
        .replace("</P>", "<o:p></o:p></p>")
        .replace("&nbsp;", "<o:p>&nbsp;</o:p>")
    )
    body = body.replace("<td", "<td width=64 valign=top style='padding:0cm 5.4pt 0cm 5.4pt'")
    return f"{OFFICE_HEAD}\n{body}\n</div></body></html>\n"


def separated(document: Document, separator: str = ";") -> str:
    """CSV: a paragraph fills the first cell of its row."""
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=separator, lineterminator="\r\n")
    for part in document.parts:
        if isinstance(part, Para):
            writer.writerow([printed(part.text)])
        elif isinstance(part, Table):
            writer.writerows(_flat(part))
    return kept.getvalue()
