"""A paper as a Word document. Every part is written here, so the same paper gives the same bytes."""

from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tiendo.papers.docx_layout import MAIN, document_body
from tiendo.papers.model import Paper
from tiendo.papers.wording import ILLUSTRATIVE, document_title, footer_lines
from tiendo.papers.wordtext import escaped, paragraph, run

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WORD_PARTS = {
    "styles": "styles",
    "settings": "settings",
    "header": "header",
    "header_first": "header",
    "footer": "footer",
    "footer_first": "footer",
}
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="vi-VN"/>'
)
_PAGE_NUMBER = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'


def render_docx(paper: Paper, *, made_at: datetime) -> bytes:
    """Lay the paper out as DOCX. `made_at` (with a time zone) becomes the document's creation time."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core_properties(paper, made_at),
        "word/document.xml": _word("document", f"<w:body>{document_body(paper)}</w:body>"),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": files("tiendo.papers").joinpath("parts/styles.xml").read_text(encoding="utf-8"),
        "word/settings.xml": _word("settings", _SETTINGS),
        "word/header.xml": _word("hdr", paragraph("Header", _PAGE_NUMBER)),
        "word/header_first.xml": _word("hdr", paragraph("Header", _first_header(paper))),
        "word/footer.xml": _word("ftr", _footer(paper)),
        "word/footer_first.xml": _word("ftr", _footer(paper)),
    }
    return _zipped(parts)


def _zipped(parts: dict[str, str]) -> bytes:
    """Pack the parts with a fixed time stamp and system, the two things that would make bytes differ."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in parts.items():
            info = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            archive.writestr(info, text.encode("utf-8"))
    return buffer.getvalue()


def _word(root: str, content: str) -> str:
    return f'{_DECLARATION}<w:{root} xmlns:w="{MAIN}" xmlns:r="{_OFFICE}/relationships">{content}</w:{root}>'


def _first_header(paper: Paper) -> str:
    return run(ILLUSTRATIVE, "<w:rPr><w:b/><w:bCs/></w:rPr>") if paper.illustrative else ""


def _footer(paper: Paper) -> str:
    return "".join(paragraph("Footer", run(line)) for line in footer_lines(paper) or [""])


def _content_types() -> str:
    overrides = {"/word/document.xml": f"{_WORD_TYPE}.document.main+xml"}
    overrides |= {f"/word/{name}.xml": f"{_WORD_TYPE}.{kind}+xml" for name, kind in _WORD_PARTS.items()}
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults = f'{rels}<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{listed}</Types>'


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, (kind, target) in targets.items()
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _package_relations() -> str:
    return _relations(
        {
            "document": (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            "core": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        }
    )


def _document_relations() -> str:
    return _relations({name: (f"{_OFFICE}/relationships/{kind}", f"{name}.xml") for name, kind in _WORD_PARTS.items()})


def _core_properties(paper: Paper, made_at: datetime) -> str:
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    spaces = (
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return (
        f"{_DECLARATION}<cp:coreProperties {spaces}><dc:title>{escaped(document_title(paper))}</dc:title>"
        f"<dc:creator>{escaped(paper.issuing_agency)}</dc:creator><dc:language>vi-VN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )
