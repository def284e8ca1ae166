"""A paper as a Word document. Every part is written here, so the same paper gives the same bytes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tiendo.papers.docx_layout import MAIN, document_body, word_writer
from tiendo.papers.model import Enclosure, Paper
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
ENCLOSURE = "urn:tiendo:manifest:1"
_ITEM = "{5C0B0F6E-6E1D-4B7A-9B57-7D1E1E0A57F1}"  # a name for the store; any fixed one will do
_PIECE = 1_000_000
_PAGE_NUMBER = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'


def render_docx(paper: Paper, *, made_at: datetime, enclosure: Enclosure | None = None) -> bytes:
    """Lay the paper out as DOCX. `made_at` (with a time zone) becomes the document's creation time.

    An enclosure goes in as a custom XML part, which word processors keep when they save.
    """
    writer = word_writer(paper)
    body = document_body(paper, writer)
    figures = {name: f"{paper.figure_page}#{quote(key)}" for key, name in writer.figures.items()}
    media = {f"word/media/picture{n}.png": png for n, png in enumerate(writer.pictures, 1)}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(enclosed=enclosure is not None, pictured=bool(media)),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core_properties(paper, made_at),
        "word/document.xml": _word("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _document_relations(
            figures, enclosed=enclosure is not None, pictures=len(media)
        ),
        "word/styles.xml": files("tiendo.papers").joinpath("parts/styles.xml").read_text(encoding="utf-8"),
        "word/settings.xml": _word("settings", _SETTINGS),
        "word/header.xml": _word("hdr", paragraph("Header", _PAGE_NUMBER)),
        "word/header_first.xml": _word("hdr", paragraph("Header", _first_header(paper))),
        "word/footer.xml": _word("ftr", _footer(paper)),
        "word/footer_first.xml": _word("ftr", _footer(paper)),
    }
    return _zipped(parts | media | (_enclosed(enclosure) if enclosure else {}))


def _enclosed(enclosure: Enclosure) -> dict[str, str]:
    """The custom XML part, its properties and the relation between them.

    The text is cut into pieces because readers of XML refuse a single text of ten million letters.
    """
    cuts = range(0, max(len(enclosure.text), 1), _PIECE)
    pieces = "".join(f"<t:part>{_as_xml(enclosure.text[cut : cut + _PIECE])}</t:part>" for cut in cuts)
    item = f'{_DECLARATION}<t:manifest xmlns:t="{ENCLOSURE}" seal="{enclosure.seal}">{pieces}</t:manifest>'
    spaces = f'xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_ITEM}"'
    schema = f'<ds:schemaRefs><ds:schemaRef ds:uri="{ENCLOSURE}"/></ds:schemaRefs>'
    return {
        "customXml/item1.xml": item,
        "customXml/itemProps1.xml": f"{_DECLARATION}<ds:datastoreItem {spaces}>{schema}</ds:datastoreItem>",
        "customXml/_rels/item1.xml.rels": _relations(
            {"props": (f"{_OFFICE}/relationships/customXmlProps", "itemProps1.xml")}
        ),
    }


def _as_xml(text: str) -> str:
    """Canonical JSON inside an element; the two letters that XML cannot hold, JSON writes in digits."""
    safe = text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    return safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Pack the parts with a fixed time stamp and system, the two things that would make bytes differ."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in parts.items():
            info = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            archive.writestr(info, text.encode("utf-8") if isinstance(text, str) else text)
    return buffer.getvalue()


def _word(root: str, content: str) -> str:
    return f'{_DECLARATION}<w:{root} xmlns:w="{MAIN}" xmlns:r="{_OFFICE}/relationships">{content}</w:{root}>'


def _first_header(paper: Paper) -> str:
    return run(ILLUSTRATIVE, "<w:rPr><w:b/><w:bCs/></w:rPr>") if paper.illustrative else ""


def _footer(paper: Paper) -> str:
    return "".join(paragraph("Footer", run(line)) for line in footer_lines(paper) or [""])


def _content_types(*, enclosed: bool, pictured: bool) -> str:
    overrides = {"/word/document.xml": f"{_WORD_TYPE}.document.main+xml"}
    overrides |= {f"/word/{name}.xml": f"{_WORD_TYPE}.{kind}+xml" for name, kind in _WORD_PARTS.items()}
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    if enclosed:
        overrides["/customXml/itemProps1.xml"] = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    rels += '<Default Extension="png" ContentType="image/png"/>' if pictured else ""
    defaults = f'{rels}<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{listed}</Types>'


def _relations(inside: dict[str, tuple[str, str]], outside: dict[str, tuple[str, str]] | None = None) -> str:
    listed = "".join(_relation(key, *target) for key, target in inside.items())
    listed += "".join(_relation(key, *target, ' TargetMode="External"') for key, target in (outside or {}).items())
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _relation(key: str, kind: str, target: str, mode: str = "") -> str:
    return f'<Relationship Id="{key}" Type="{kind}" Target="{escaped(target)}"{mode}/>'


def _package_relations() -> str:
    return _relations(
        {
            "document": (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            "core": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        }
    )


def _document_relations(figures: dict[str, str], *, enclosed: bool, pictures: int) -> str:
    inside = {name: (f"{_OFFICE}/relationships/{kind}", f"{name}.xml") for name, kind in _WORD_PARTS.items()}
    for name in (f"picture{n}" for n in range(1, pictures + 1)):
        inside[name] = (f"{_OFFICE}/relationships/image", f"media/{name}.png")
    if enclosed:
        inside["enclosure"] = (f"{_OFFICE}/relationships/customXml", "../customXml/item1.xml")
    outside = {name: (f"{_OFFICE}/relationships/hyperlink", address) for name, address in figures.items()}
    return _relations(inside, outside)


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
