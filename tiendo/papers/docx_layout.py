"""Where the components of an official paper stand on a Word page (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from collections.abc import Iterable

from tiendo.papers.model import Annex, Paper, Signature
from tiendo.papers.wording import (
    MOTTO,
    NATION,
    RECIPIENTS,
    addressee_lines,
    balanced,
    closed,
    marked_rows,
    recipient_lines,
    width_in_ems,
)
from tiendo.papers.wordtext import WordWriter, cell, paragraph, row, run, table

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# Twentieths of a point; 1 mm is 56.7 of them.
SHORT_EDGE, LONG_EDGE = 11906, 16838
MARGIN_TOP = MARGIN_BOTTOM = 1134  # 20 mm
MARGIN_LEFT, MARGIN_RIGHT = 1701, 851  # 30 mm, 15 mm
EDGE_TO_HEADER = 567  # 10 mm
TEXT_WIDTH = SHORT_EDGE - MARGIN_LEFT - MARGIN_RIGHT
AGENCY_WIDTH = 3800
MOTTO_WIDTH = TEXT_WIDTH - AGENCY_WIDTH
RECIPIENTS_WIDTH = 4500


def document_body(paper: Paper, writer: WordWriter | None = None) -> str:
    """The paper itself, then each annex in a section of its own with pages counted from 1."""
    writer = writer or word_writer(paper)
    main = _head(paper) + _title(paper) + _addressees(paper) + writer.blocks(closed(paper.body), TEXT_WIDTH)
    sections = [main + _foot(paper)]
    sections += [_annex(paper, annex, writer) for annex in paper.annexes]
    ends = [_section(False), *(_section(annex.landscape) for annex in paper.annexes)]
    *before, last = [paragraph("SectionEnd", "", end) for end in ends[:-1]] + [paragraph("SectionEnd", "") + ends[-1]]
    return "".join(content + end for content, end in zip(sections, [*before, last], strict=True))


def word_writer(paper: Paper) -> WordWriter:
    """The writer for this paper; after `document_body` it knows which figures were linked."""
    return WordWriter(marked_rows(paper), linked=bool(paper.figure_page))


def _head(paper: Paper) -> str:
    return table(
        [AGENCY_WIDTH, MOTTO_WIDTH],
        [
            row([cell(AGENCY_WIDTH, _agency(paper)), cell(MOTTO_WIDTH, _motto())]),
            row(
                [
                    cell(AGENCY_WIDTH, paragraph("PaperNumber", run(paper.number_line))),
                    cell(MOTTO_WIDTH, paragraph("PlaceAndDate", run(paper.date_line))),
                ]
            ),
        ],
    )


def _agency(paper: Paper) -> str:
    limit = AGENCY_WIDTH / 20 / 12
    own = balanced(paper.issuing_agency.upper(), limit)
    lines = _lines("ParentAgency", balanced(paper.parent_agency.upper(), limit)) if paper.parent_agency else ""
    width = max(width_in_ems(line) for line in own) * 12 * 20
    return lines + _lines("Agency", own) + _rule(AGENCY_WIDTH, width * 0.4)


def _motto() -> str:
    width = width_in_ems(MOTTO) * 13 * 20
    return _lines("Agency", [NATION]) + _lines("Motto", [MOTTO]) + _rule(MOTTO_WIDTH, width)


def _lines(style: str, lines: Iterable[str]) -> str:
    return "".join(paragraph(style, run(line)) for line in lines)


def _rule(room: int, length: float) -> str:
    """A line of the given length in the middle of the room: the border of a paragraph indented on both sides."""
    side = max(0, round((room - length) / 2))
    return paragraph("Rule", "", f'<w:ind w:left="{side}" w:right="{side}"/>')


def _title(paper: Paper) -> str:
    summary = max(map(width_in_ems, paper.summary.split("\n"))) * 14 * 20
    gap = '<w:spacing w:before="280"/>'
    return (
        paragraph("Title", run(paper.kind_title.upper()), gap)
        + paragraph("Title", run(paper.summary))
        + _rule(TEXT_WIDTH, min(summary, TEXT_WIDTH) * 0.4)
        + paragraph("Gap", "")
    )


def _addressees(paper: Paper) -> str:
    lines = addressee_lines(paper)
    if len(lines) < 2:
        return _lines("Addressee", lines)
    first, *listed, last = lines
    more = "".join(paragraph("AddresseeLine", run(line), '<w:ind w:left="2835"/>') for line in [*listed, last])
    return paragraph("AddresseeLine", run(first)) + more + paragraph("Gap", "")


def _foot(paper: Paper) -> str:
    recipients = paragraph("RecipientsTitle", run(RECIPIENTS)) + _lines("Recipients", recipient_lines(paper))
    right = TEXT_WIDTH - RECIPIENTS_WIDTH
    cells = [cell(RECIPIENTS_WIDTH, recipients), cell(right, _signature(paper.signature))]
    return paragraph("Gap", "") + table([RECIPIENTS_WIDTH, right], [row(cells)])


def _signature(signature: Signature) -> str:
    posts = [line.upper() for line in (*signature.authority, signature.title) if line]
    return _lines("Signatory", posts) + paragraph("SignatoryName", run(signature.name))


def _annex(paper: Paper, annex: Annex, writer: WordWriter) -> str:
    room = (LONG_EDGE if annex.landscape else SHORT_EDGE) - MARGIN_LEFT - MARGIN_RIGHT
    title = annex.title.upper()
    return (
        paragraph("AnnexTitle", run(annex.label))
        + paragraph("Title", run(title))
        + paragraph("AnnexNote", run(paper.annex_note))
        + _rule(room, min(width_in_ems(title) * 14 * 20, room) * 0.4)
        + paragraph("Gap", "")
        + writer.blocks(annex.blocks, room)
    )


def _section(landscape: bool) -> str:
    """Page size, margins, number hidden on the section's first page."""
    refs = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{part}{suffix}"/>'
        for part in ("header", "footer")
        for kind, suffix in (("default", ""), ("first", "_first"))
    )
    width, height = (LONG_EDGE, SHORT_EDGE) if landscape else (SHORT_EDGE, LONG_EDGE)
    turned = ' w:orient="landscape"' if landscape else ""
    margins = (
        f'<w:pgMar w:top="{MARGIN_TOP}" w:right="{MARGIN_RIGHT}" w:bottom="{MARGIN_BOTTOM}" w:left="{MARGIN_LEFT}"'
        f' w:header="{EDGE_TO_HEADER}" w:footer="{EDGE_TO_HEADER}" w:gutter="0"/>'
    )
    return (
        f'<w:sectPr>{refs}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>{margins}'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )
