"""Uploads: what is taken, and the one sentence for each thing that is not."""

import io
import zipfile

import pytest
from docx import Document

from tests.pace import takes_at_most
from tiendo.plans.files import MEGABYTE, OLE, FileKind, RefusedFile, hash_of, inspect_file

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 32
PDF_HEAD = b"%PDF-1.7\n%\xe2\xe3\n"
PDF_END = b"\ntrailer << /Size 2 >>\nstartxref\n9\n%%EOF\n"
PDF = PDF_HEAD + b"1 0 obj << /Type /Catalog >> endobj" + PDF_END
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MACRO_TYPES = '<Types><Override PartName="/word/part.bin" ContentType="application/vnd.ms-office.VbaProject"/></Types>'


def pdf(*objects):
    return PDF_HEAD + b"\n".join(objects) + PDF_END


def docx():
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("Kế hoạch")
    document.save(stream)
    return stream.getvalue()


def packed(members, main="word/document.xml"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": TYPES, main: "<a/>", **members}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def encrypted():
    data = bytearray(packed({}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "name", "extension"),
    [
        (b"ke hoach", "a.txt", "txt"),
        (PNG, "a.PNG", "png"),
        (JPEG, "a.jpeg", "jpg"),
        (PDF, "a.pdf", "pdf"),
        (docx(), "Kế hoạch.docx", "docx"),
        (packed({}, main="xl/workbook.xml"), "a.xlsx", "xlsx"),
    ],
)
def test_allowed_files_are_taken(data, name, extension):
    kind = inspect_file(data, name)
    assert isinstance(kind, FileKind)
    assert kind.extension == extension
    assert "/" in kind.media_type


REFUSED = {
    "empty": (b"", "a.txt", "rỗng"),
    "no extension": (b"a", "ke-hoach", "Loại tệp"),
    "not allowed": (b"a", "a.exe", "Loại tệp"),
    "html as docx": (b"<!DOCTYPE html><html></html>", "a.docx", "HTML"),
    "html as txt": (b"\n<html><body>", "a.txt", "HTML"),
    "png as docx": (PNG, "a.docx", "PNG"),
    "png as txt": (PNG, "a.txt", "không phải TXT"),
    "text as pdf": (b"hello", "a.pdf", "không phải PDF"),
    "text as png": (b"hello", "a.png", "không phải PNG"),
    "binary as txt": (b"a\x00b", "a.txt", "không phải TXT"),
    "pdf without its end": (PDF_HEAD + b"1 0 obj << >> endobj\n", "a.pdf", "thiếu phần cuối"),
    "pdf cut short": (PDF + b"\n" * 3000, "a.pdf", "thiếu phần cuối"),
    "pdf with a script": (pdf(b"1 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"), "a.pdf", "mã lệnh"),
    "pdf with a script by reference": (pdf(b"1 0 obj <</JS 5 0 R>> endobj"), "a.pdf", "mã lệnh"),
    "pdf with a disguised script": (pdf(b"1 0 obj <</#4a#53(app.alert(1))>> endobj"), "a.pdf", "mã lệnh"),
    "pdf that starts programs": (pdf(b"1 0 obj << /S/Launch/F(cmd.exe) >> endobj"), "a.pdf", "mã lệnh"),
    "pdf with a file in it": (pdf(b"1 0 obj << /Names << /EmbeddedFiles 2 0 R >> >> endobj"), "a.pdf", "đính kèm"),
    "pdf with rich media": (pdf(b"1 0 obj << /Subtype /RichMedia >> endobj"), "a.pdf", "mã lệnh"),
    "pdf with a script after a stream": (
        pdf(b"1 0 obj <<>>\nstream\nxx\nendstream endobj", b"2 0 obj <</JS(x)>> endobj"),
        "a.pdf",
        "mã lệnh",
    ),
    "pdf with a stream that never ends": (pdf(b"1 0 obj <<>>\nstream\n<</JS(x)>>"), "a.pdf", "mã lệnh"),
    "zip as docx": (packed({}, main="readme.txt"), "a.docx", "không phải DOCX"),
    "xlsx as docx": (packed({}, main="xl/workbook.xml"), "a.docx", "không phải DOCX"),
    "truncated": (docx()[:2000], "a.docx", "hỏng"),
    "macro part": (packed({"word/vbaProject.bin": b"x"}), "a.docx", "macro"),
    "macro type": (packed({"word/part.bin": b"x", "[Content_Types].xml": MACRO_TYPES}), "a.docx", "macro"),
    "macro name": (docx(), "a.docm", "macro"),
    "encrypted zip": (encrypted(), "a.docx", "mật khẩu"),
    "encrypted office": (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.docx", "mật khẩu"),
    "old doc as docx": (OLE + b"\x00" * 600, "a.docx", "không phải DOCX"),
    "swollen member": (packed({"word/media/a.bin": b"\x00" * (40 * MEGABYTE)}), "a.docx", "bất thường"),
    "zip inside": (packed({"word/more.zip": b"PK"}), "a.docx", "bất thường"),
    "too many members": (packed({f"m{n}": b"" for n in range(5001)}), "a.docx", "bất thường"),
    "entities": (packed({"word/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "a.docx", "XML"),
    "entities in utf-16": (packed({"word/x.xml": '<!DOCTYPE a SYSTEM "file:///x">'.encode("utf-16")}), "a.docx", "XML"),
}


@pytest.mark.parametrize(("data", "name", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_one_sentence(data, name, said):
    with pytest.raises(RefusedFile, match=said) as refusal:
        inspect_file(data, name)
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        b"1 0 obj << /Length 8 >>\nstream\n/JS (x)\nendstream endobj",  # packed bytes may spell anything
        b"1 0 obj << /JSONish /LaunchPad /Annots [] /Title (JS) >> endobj",
    ],
)
def test_a_plain_pdf_is_taken(body):
    assert inspect_file(pdf(body), "a.pdf").extension == "pdf"


def test_a_hostile_pdf_is_looked_through_in_one_pass():
    for piece in (b">>" + b" " * 16, b">>stream\n", b"/J" + b"#" * 50, b"#4a", b"/"):
        data = pdf(piece * (2 * MEGABYTE // len(piece)))
        with takes_at_most(20):
            assert inspect_file(data, "a.pdf").extension == "pdf"


def test_directory_that_lies_about_sizes_is_refused():
    data = bytearray(packed({"word/x.xml": "<a>" + "b" * 5000 + "</a>"}))
    at = data.rindex(b"word/x.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(RefusedFile):
        inspect_file(bytes(data), "a.docx")


def test_limit_and_allowed_set_are_the_callers():
    with pytest.raises(RefusedFile, match="1 MB"):
        inspect_file(b"a" * (MEGABYTE + 1), "a.txt", limit=MEGABYTE)
    with pytest.raises(RefusedFile, match=r"txt, docx\."):
        inspect_file(PDF, "a.pdf", frozenset({"txt", "docx"}))


def test_hash_is_of_the_content():
    assert hash_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
