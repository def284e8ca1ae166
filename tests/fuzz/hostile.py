"""Files made to harm, each by hand: what it is, its name, its bytes."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable

from tests.fuzz.running import path_of

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MANY = 999_999_999
DEEP = 20_000


def repacked(name: str, changes: dict[str, bytes | None]) -> bytes:
    """A document of the gold set with parts replaced, added or (None) taken out."""
    with zipfile.ZipFile(path_of(name)) as archive:
        parts: dict[str, bytes | None] = {member.filename: archive.read(member) for member in archive.infolist()}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in {**parts, **changes}.items():
            if content is not None:
                archive.writestr(part, content)
    return kept.getvalue()


def docx(body: str) -> bytes:
    """A Word file with this body."""
    text = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return repacked("quyet-dinh-bo.docx", {"word/document.xml": text.encode()})


def xlsx(rows: str, dimension: str = "A1") -> bytes:
    """A workbook whose first sheet has these rows."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{SHEET}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    return repacked("bieu-theo-nam.xlsx", {"xl/worksheets/sheet1.xml": text.encode()})


def _row(number: int, *cells: str) -> str:
    inner = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("ABCDEF", cells, strict=False)
    )
    return f'<row r="{number}">{inner}</row>'


HEAD = _row(1, "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Sản phẩm")
PARAGRAPH = "<w:p><w:r><w:t>chữ</w:t></w:r></w:p>"


def _nested_tables(depth: int) -> bytes:
    opening = "<w:tbl><w:tr><w:tc><w:p/>"
    return docx(opening * depth + PARAGRAPH + "<w:p/></w:tc></w:tr></w:tbl>" * depth)


def _wide_table() -> bytes:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{MANY}"/></w:tcPr>{PARAGRAPH}</w:tc>'
    return docx(f"<w:tbl><w:tr>{cell}{cell}{cell}</w:tr></w:tbl>" * 3)


def _far_cell() -> bytes:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>xa</t></is></c></row>'
    return xlsx(HEAD + _row(2, "1", "Việc gần", "Sở Tài chính", "2026", "Báo cáo") + far, "A1:XFD1048576")


def _formulas() -> bytes:
    cells = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>HYPERLINK("http://example.invalid","x")</f>'
        '<v>Việc tính ra</v></c><c r="C2" t="str"><f>WEBSERVICE("http://example.invalid")</f><v>Sở Tài chính</v></c>'
        '<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    return xlsx(HEAD + cells)


def _shared_bomb() -> bytes:
    """Words used once for each of very many cells: small to pack, large to lay out."""
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 3000))
    words = f'<sst xmlns="{SHEET}"><si><t>{"a" * 30_000}</t></si></sst>'
    data = xlsx(cells)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {member.filename: archive.read(member) for member in archive.infolist()}
    parts["xl/sharedStrings.xml"] = words.encode()
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def _external() -> bytes:
    link = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId99" TargetMode="External" Target="http://example.invalid/t.dotx" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    return repacked("quyet-dinh-bo.docx", {"word/_rels/settings.xml.rels": link.encode()})


def _entities() -> str:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY e0 "chữ"><!ENTITY file SYSTEM "file:///etc/passwd">{levels}]>'


def _with_entities(name: str, part: str) -> bytes:
    with zipfile.ZipFile(path_of(name)) as archive:
        text = archive.read(part).decode()
    head, _, rest = text.partition("?>")
    return repacked(name, {part: f"{head}?>{_entities()}{rest}".replace("<w:t>", "<w:t>&e9;&file;", 1).encode()})


def _bomb(name: str, part: str) -> bytes:
    return repacked(name, {part: b" " * 30_000_000})


def _pdf(objects: str) -> bytes:
    return f"%PDF-1.4\n{objects}\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode()


def _pdf_bomb() -> bytes:
    """One page whose drawing unpacks to thirty megabytes."""
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * 2_000_000, 9)
    head = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
        f"4 0 obj<</Length {len(packed)}/Filter/FlateDecode>>stream\n"
    )
    return head.encode() + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _many_sheets() -> bytes:
    names = "".join(f'<sheet name="S{at}" sheetId="{at}" r:id="rId1"/>' for at in range(1, 8_000))
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = f'<workbook xmlns="{SHEET}" xmlns:r="{relations}"><sheets>{names}</sheets></workbook>'
    return repacked("bieu-theo-nam.xlsx", {"xl/workbook.xml": book.encode()})


def _twice() -> bytes:
    """Two parts of one name: which is read must not depend on who looks."""
    kept = io.BytesIO(path_of("quyet-dinh-bo.docx").read_bytes())
    with warnings.catch_warnings(), zipfile.ZipFile(kept, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
        archive.writestr("../../../tmp/ngoai.txt", b"chu")
    return kept.getvalue()


REMOTE = (
    '<html><head><meta http-equiv="refresh" content="0;url=http://example.invalid"><link rel="stylesheet" '
    'href="http://example.invalid/a.css"><base href="http://example.invalid/"></head><body><p>Kế hoạch</p>'
    '<img src="http://example.invalid/a.png"><iframe src="file:///etc/passwd"></iframe><script>while(1){}</script></body>'
)
LOOP = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj"
ACTION = "1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Pages 2 0 R>>endobj"
WEB_TABLE = "<table><tr><td>TT<td>Nhiệm vụ<td>Cơ quan chủ trì<td>Thời hạn</tr>"
Made = tuple[str, Callable[[], bytes]]

FILES: dict[str, Made] = {
    "zip bomb as docx": ("bom.docx", lambda: _bomb("quyet-dinh-bo.docx", "word/media/anh.bin")),
    "zip bomb in the text": ("bom.docx", lambda: _bomb("quyet-dinh-bo.docx", "word/document.xml")),
    "zip bomb as xlsx": ("bom.xlsx", lambda: _bomb("bieu-theo-nam.xlsx", "xl/worksheets/sheet1.xml")),
    "one word in many cells": ("lap.xlsx", _shared_bomb),
    "entities in docx": ("thuc-the.docx", lambda: _with_entities("quyet-dinh-bo.docx", "word/document.xml")),
    "entities in xlsx": ("thuc-the.xlsx", lambda: _with_entities("bieu-theo-nam.xlsx", "xl/sharedStrings.xml")),
    "entities in html": ("thuc-the.html", lambda: f"{_entities()}<html><p>&e9;&file;</p></html>".encode()),
    "cell at the far end": ("xa.xlsx", _far_cell),
    "formula cells": ("cong-thuc.xlsx", _formulas),
    "columns without end in docx": ("rong.docx", _wide_table),
    "spans without end in html": (
        "rong.html",
        lambda: f"{WEB_TABLE}<tr><td rowspan={MANY} colspan={MANY}>1<td>Việc<td>Sở Tài chính<td>2026</table>".encode(),
    ),
    "many large spans in html": (
        "rong.html",
        lambda: (WEB_TABLE + "<tr><td rowspan=9999 colspan=999>1<td>Việc" * 3000).encode(),
    ),
    "million columns in csv": ("rong.csv", lambda: (";" * 1_000_000 + "\n").encode()),
    "half a million rows in csv": ("dai.csv", lambda: "TT;Nhiệm vụ;Cơ quan chủ trì\n".encode() + b"1;a;b\n" * 500_000),
    "million bars in txt": ("rong.txt", lambda: ("|" * 1_000_000 + "\n").encode() * 2),
    "quote never closed": ("mo.csv", lambda: 'TT;"Nhiệm vụ;'.encode() + b"x;\n" * 100_000),
    "nested tables in docx": ("sau.docx", lambda: _nested_tables(2_000)),
    "nested tags in docx": (
        "sau.docx",
        lambda: docx("<w:sdt><w:sdtContent>" * DEEP + PARAGRAPH + "</w:sdtContent></w:sdt>" * DEEP),
    ),
    "nested tables in html": ("sau.html", lambda: (WEB_TABLE[:7] + "<tr><td><table>" * DEEP).encode()),
    "nested lists in html": ("sau.html", lambda: ("<ul><li>" * DEEP + "chữ").encode()),
    "nested quotes in md": ("sau.md", lambda: (">" * DEEP + " chữ\n").encode() * 3),
    "nested lists in md": ("sau.md", lambda: "".join(" " * depth + "- chữ\n" for depth in range(2_000)).encode()),
    "nested brackets in md": ("sau.md", lambda: ("[" * 20_000 + "*" * 20_000 + "_" * 20_000).encode()),
    "drawing bomb in pdf": ("bom.pdf", _pdf_bomb),
    "eight thousand sheets": ("to.xlsx", _many_sheets),
    "two parts of one name": ("hai.docx", _twice),
    "pictures and pages from outside": ("ngoai.html", lambda: REMOTE.encode()),
    "half a letter": ("nua.txt", lambda: "Kế hoạch".encode("utf-16")[:-1]),
    "old template from outside": ("ngoai.docx", _external),
    "macros by another name": (
        "macro.docx", lambda: repacked("quyet-dinh-bo.docx", {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100})
    ),
    "macros by their own name": ("macro.docm", lambda: path_of("quyet-dinh-bo.docx").read_bytes()),
    "encrypted": (
        "khoa.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 9,
    ),
    "encrypted pdf": (
        "khoa.pdf", lambda: _pdf("1 0 obj<</Type/Catalog>>endobj").replace(b"/Root", b"/Encrypt 9 0 R/Root")
    ),
    "cut in two, docx": ("nua.docx", lambda: _half("quyet-dinh-bo.docx")),
    "cut in two, xlsx": ("nua.xlsx", lambda: _half("bieu-theo-nam.xlsx")),
    "cut in two, xls": ("nua.xls", lambda: _half("danh-muc-cong-trinh.xls")),
    "cut in two, doc": ("nua.doc", lambda: _half("ke-hoach-xa.doc")),
    "cut in two, pdf": ("nua.pdf", lambda: _half("nghi-quyet-hdnd.pdf")),
    "pages in a circle": ("vong.pdf", lambda: _pdf(LOOP)),
    "script in pdf": ("lenh.pdf", lambda: _pdf(ACTION)),
    "pdf called docx": ("sai.docx", lambda: path_of("nghi-quyet-hdnd.pdf").read_bytes()),
    "docx called pdf": ("sai.pdf", lambda: path_of("quyet-dinh-bo.docx").read_bytes()),
    "docx called xlsx": ("sai.xlsx", lambda: path_of("quyet-dinh-bo.docx").read_bytes()),
    "xls called csv": ("sai.csv", lambda: path_of("danh-muc-cong-trinh.xls").read_bytes()),
    "program called txt": ("sai.txt", lambda: b"MZ\x90\x00" + b"\x00" * 500),
    "nothing at all": ("rong.pdf", lambda: b""),
    "no kind at all": ("khong-duoi", lambda: b"TT"),
}  # fmt: skip


def _half(name: str) -> bytes:
    data = path_of(name).read_bytes()
    return data[: len(data) // 2]
