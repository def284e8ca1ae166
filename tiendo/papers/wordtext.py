"""WordprocessingML written by hand: runs, paragraphs and tables as strings, fast enough for long annexes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tiendo.papers.fonts import MissingFont
from tiendo.papers.model import (
    Align,
    BandRow,
    Block,
    Bullet,
    Cell,
    Heading,
    Inline,
    Paragraph,
    Picture,
    Ref,
    Run,
    TableBlock,
)
from tiendo.papers.pdf import TypesettingFailed
from tiendo.papers.pictures import png_of, size_of
from tiendo.papers.text import clean
from tiendo.papers.wording import is_indented

_CELL_STYLE = {
    Align.LEFT: "CellLeft",
    Align.JUSTIFY: "CellLeft",
    Align.CENTER: "CellCenter",
    Align.RIGHT: "CellRight",
}
_WORD_ALIGN = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}
_BOLD = "<w:rPr><w:b/><w:bCs/></w:rPr>"
_MARK = '<w:rPr><w:rStyle w:val="RecordMark"/></w:rPr>'
_ITALIC = "<w:rPr><w:i/><w:iCs/></w:rPr>"
_CENTRED = '<w:ind w:firstLine="0"/><w:jc w:val="center"/>'
EMU_PER_MM = 36_000
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NO_SPLIT = "<w:trPr><w:cantSplit/></w:trPr>"
_REPEATED = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"


def escaped(text: str) -> str:
    """Clean the text and make it safe inside an element or an attribute."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(text: str, props: str = "") -> str:
    """One run; line ends become breaks."""
    body = escaped(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{props}<w:t xml:space="preserve">{body}</w:t></w:r>'


def paragraph(style: str, content: str, props: str = "") -> str:
    """A paragraph in one of the styles of `parts/styles.xml`."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{props}</w:pPr>{content}</w:p>'


def row(cells: Iterable[str], props: str = _NO_SPLIT) -> str:
    """A table row from finished cells."""
    return f"<w:tr>{props}{''.join(cells)}</w:tr>"


def cell(width: int, content: str, props: str = "") -> str:
    """A cell of a given width in twentieths of a point."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{props}</w:tcPr>{content}</w:tc>'


def table(widths: Sequence[int], rows: Iterable[str], style: str = "TableNormal") -> str:
    """A table of fixed layout with every width stated, so no program has to guess one."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    props = f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def drawing(relation: str, number: int, wide: int, high: int, told: str) -> str:
    """A picture standing in the line; sizes in 36000ths of a millimetre. `told` is read where it is not seen."""
    size = f'cx="{wide}" cy="{high}"'
    named = f'id="{number}" name="{relation}" descr="{escaped(told)}"'
    fill = f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    shape = (
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    )
    picture = f"<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>{fill}{shape}"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent {size}/><wp:docPr {named}/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData '
        f'uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture">{picture}</pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def shared_widths(shares: Sequence[int], total: int) -> list[int]:
    """Split `total` by shares into whole numbers that add up to it exactly."""
    edges = [round(total * sum(shares[:i]) / sum(shares)) for i in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


@dataclass
class WordWriter:
    """Turns blocks into XML; knows which record numbers can be pointed at and which still lack their bookmark.

    Numbers that are figures stand in content controls; when they are `linked`, `figures` gathers the name of each
    link's relation by the figure's key.
    """

    marks: frozenset[int]
    linked: bool = False
    unplaced: set[int] = field(default_factory=set)
    figures: dict[str, str] = field(default_factory=dict)
    controls: int = 0
    pictures: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.unplaced = set(self.marks)

    def blocks(self, blocks: Iterable[Block], width: int) -> str:
        """Write blocks one after another into a column of the given width."""
        return "".join(self._block(block, width) for block in blocks)

    def _block(self, block: Block, width: int) -> str:
        match block:
            case Heading():
                return paragraph(f"Heading{block.level}", run(block.line))
            case Bullet():
                return paragraph("BodyText", run("- ") + self.inlines(block.runs))
            case Picture():
                return self.picture(block)
            case TableBlock():
                return self.table(block, width) + paragraph("Gap", "")
            case Paragraph():
                jc = f'<w:ind w:firstLine="0"/><w:jc w:val="{_WORD_ALIGN[block.align]}"/>'
                return paragraph("BodyText", self.inlines(block.runs), "" if is_indented(block) else jc)

    def picture(self, block: Picture) -> str:
        """The picture in the line with its words under it; where none can be made the words stand alone."""
        told = paragraph("BodyText", run(block.told, _ITALIC), _CENTRED)
        try:
            png = png_of(block.svg, width=block.width)
        except (MissingFont, TypesettingFailed):
            return told
        self.pictures.append(png)
        name = f"picture{len(self.pictures)}"
        across, down = size_of(png)
        wide = block.width * EMU_PER_MM
        drawn = drawing(name, len(self.pictures), wide, wide * down // across, block.told)
        return paragraph("BodyText", drawn, f"<w:keepNext/>{_CENTRED}") + told

    def inlines(self, inlines: Iterable[Inline], bold: bool = False) -> str:
        """Runs and references in order."""
        return "".join(self._reference(i) if isinstance(i, Ref) else self._run(i, bold) for i in inlines)

    def _run(self, piece: Run, bold: bool) -> str:
        return self._control(piece.figure, _styled(piece, bold)) if piece.figure else _styled(piece, bold)

    def _control(self, key: str, content: str) -> str:
        """A content control that names the figure (Word allows 64 letters), opening it when there is where."""
        self.controls += 1
        if self.linked:
            relation = self.figures.setdefault(key, f"figure{len(self.figures) + 1}")
            content = f'<w:hyperlink r:id="{relation}">{content}</w:hyperlink>'
        props = f'<w:tag w:val="{escaped(key)[:64]}"/><w:id w:val="{self.controls}"/>'
        return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    def _reference(self, ref: Ref) -> str:
        if not ref.marks:
            return ""
        links = (self._link(mark, run(label, _MARK)) for mark, label in ref.parts())
        return run("[", _MARK) + run(", ", _MARK).join(links) + run("]", _MARK)

    def _link(self, mark: int, content: str) -> str:
        return f'<w:hyperlink w:anchor="mark{mark}">{content}</w:hyperlink>' if mark in self.marks else content

    def table(self, block: TableBlock, width: int) -> str:
        """The whole table; the loop over rows does as little as it can."""
        widths = shared_widths([column.width for column in block.columns], width)
        opens = [_cell_open(w, column.align) for w, column in zip(widths, block.columns, strict=True)]
        rows = _heading_rows(block, widths)
        for line in block.rows:
            if isinstance(line, BandRow):
                rows.append(_band(line.text, widths))
            else:
                rows.append(self._row(line, opens, placed=block.mark_rows))
        if block.total is not None:
            rows.append(self._row(block.total, opens, bold=True))
        return table(widths, rows, style="Grid")

    def _row(self, line: Sequence[Cell], opens: Sequence[str], *, bold: bool = False, placed: bool = False) -> str:
        props = _BOLD if bold else ""
        cells = [
            f"{start}{run(text, props) if isinstance(text, str) else self.inlines(text, bold)}</w:p></w:tc>"
            for start, text in zip(opens, line, strict=True)
        ]
        if placed:
            cells[0] = cells[0].removesuffix("</w:p></w:tc>") + self._bookmark(line[0]) + "</w:p></w:tc>"
        return f"<w:tr>{_NO_SPLIT}{''.join(cells)}</w:tr>"

    def _bookmark(self, first: Cell) -> str:
        mark = int(first) if isinstance(first, str) and first.isdecimal() else -1
        if mark not in self.unplaced:
            return ""
        self.unplaced.remove(mark)
        return f'<w:bookmarkStart w:id="{mark}" w:name="mark{mark}"/><w:bookmarkEnd w:id="{mark}"/>'


def _styled(piece: Run, bold: bool) -> str:
    props = ("<w:b/><w:bCs/>" if bold or piece.bold else "") + ("<w:i/><w:iCs/>" if piece.italic else "")
    return run(piece.text, f"<w:rPr>{props}</w:rPr>" if props else "")


def _cell_open(width: int, align: Align) -> str:
    style = f'<w:p><w:pPr><w:pStyle w:val="{_CELL_STYLE[align]}"/></w:pPr>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{style}'


def _band(text: str, widths: Sequence[int]) -> str:
    span = f'<w:gridSpan w:val="{len(widths)}"/>'
    return row([cell(sum(widths), paragraph("CellLeft", run(text, _BOLD), "<w:keepNext/>"), span)])


def _heading_rows(block: TableBlock, widths: Sequence[int]) -> list[str]:
    middle = '<w:vAlign w:val="center"/>'
    titles = [paragraph("CellHead", run(column.title)) for column in block.columns]
    if not block.groups:
        return [row((cell(w, title, middle) for w, title in zip(widths, titles, strict=True)), _REPEATED)]
    upper: list[str] = []
    lower: list[str] = []
    at = 0
    for group in block.groups:
        covered = range(at, at + group.span)
        at += group.span
        if group.title:
            span = f'<w:gridSpan w:val="{group.span}"/>{middle}'
            upper.append(cell(sum(widths[i] for i in covered), paragraph("CellHead", run(group.title)), span))
            lower += [cell(widths[i], titles[i], middle) for i in covered]
        else:
            upper += [cell(widths[i], titles[i], f'<w:vMerge w:val="restart"/>{middle}') for i in covered]
            lower += [cell(widths[i], paragraph("CellHead", ""), f"<w:vMerge/>{middle}") for i in covered]
    return [row(upper, _REPEATED), row(lower, _REPEATED)]
