"""Documents to be read: each kind told by its content, and what is not taken refused with one sentence."""

import random

import pytest

from tests.plans.test_files import PDF, PNG, docx, packed
from tiendo.plans.files import MEDIA_TYPES, OLE, RefusedFile, inspect_file

EVERY = frozenset(MEDIA_TYPES)
SECTOR = 512
HTML = b"<html><body><p>K\xe1\xba\xbf ho\xe1\xba\xa1ch</p></body></html>"
LETTER = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n\r\n--x--\r\n'
XLSX = packed({}, main="xl/workbook.xml")
WORD = b"\xec\xa5" + b"\x00" * 8
BOOK = b"\x09\x08\x10\x00" + b"\x00" * 16
LOCK = b"\x2f\x00\x36\x00" + b"\x00" * 54


def entry(name, kind=2, sector=0, size=8192):
    written = name.encode("utf-16-le") + b"\0\0"
    place = sector.to_bytes(4, "little") + size.to_bytes(4, "little")
    head = written.ljust(64, b"\0") + len(written).to_bytes(2, "little") + bytes([kind])
    return head.ljust(116, b"\0") + place + b"\0" * 4


def ole(stream, *names):
    """A compound file with one stream, in its first sector, under the first of the names."""
    return OLE.ljust(SECTOR, b"\0") + stream.ljust(2 * SECTOR, b"\0") + b"".join(map(entry, names))


@pytest.mark.parametrize(
    ("data", "name", "extension"),
    [
        (ole(WORD + b"\x00\x02", "WordDocument"), "a.doc", "doc"),
        (b"{\\rtf1\\ansi a}", "a.doc", "doc"),
        (b"{\\rtf1\\ansi a}", "a.RTF", "doc"),
        (docx(), "a.doc", "docx"),
        (packed({}, main="word/document2.xml"), "a.docx", "docx"),
        (HTML, "a.doc", "html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- Word -->\n<HTML><body>", "a.doc", "html"),
        ("\ufeff<html><p>Kế</p></html>".encode("utf-16"), "a.doc", "html"),
        (LETTER, "a.doc", "html"),
        (ole(BOOK, "Workbook"), "a.xls", "xls"),
        (ole(BOOK, "Book"), "a.xls", "xls"),
        (XLSX, "a.xls", "xlsx"),
        (b"<table><tr><td>1</td></tr></table>", "a.xls", "html"),
        ("TT\tNhiệm vụ\r\n1\ta\r\n".encode("utf-16"), "a.xls", "csv"),
        (b"TT\tViec\r\n", "a.xls", "csv"),
        (HTML, "a.htm", "html"),
        (b"chu truoc\n<p>a</p>", "a.html", "html"),
        ("TT;Nhiệm vụ\n".encode(), "a.csv", "csv"),
        ("TT;Nhiệm vụ\n".encode("utf-16-le"), "a.csv", "csv"),
        ("TT;Nhiệm vụ\n".encode("utf-16-be"), "a.txt", "txt"),
        (b"# a\n", "a.markdown", "md"),
    ],
)
def test_kind_is_what_the_content_says(data, name, extension):
    assert inspect_file(data, name, EVERY).extension == extension


REFUSED = {
    "png as doc": (PNG, "a.doc", "PNG"),
    "png as xls": (PNG, "a.xls", "không phải XLS"),
    "png as html": (PNG, "a.html", "PNG"),
    "png as csv": (PNG, "a.csv", "không phải CSV"),
    "pdf as md": (PDF, "a.md", "không phải MD"),
    "text as html": (b"ke hoach", "a.html", "không phải HTML"),
    "xml as xls": (b'<?xml version="1.0"?>\n<Workbook>\t</Workbook>', "a.xls", "không phải XLS"),
    "prose as xls": (b"ke hoach", "a.xls", "không phải XLS"),
    "text as doc": (b"ke hoach", "a.doc", "không phải DOC"),
    "html as csv": (HTML, "a.csv", "HTML"),
    "html as docx": (HTML, "a.docx", "HTML"),
    "html as xlsx": (HTML, "a.xlsx", "HTML"),
    "rtf as docx": (b"{\\rtf1 a}", "a.docx", "RTF"),
    "rtf as txt": (b"{\\rtf1 a}", "a.txt", "RTF"),
    "workbook as doc": (ole(BOOK, "Workbook"), "a.doc", "không phải DOC"),
    "xlsx as doc": (XLSX, "a.doc", "không phải DOCX"),
    "document as xls": (ole(WORD, "WordDocument"), "a.xls", "không phải XLS"),
    "ole of neither": (ole(b"", "Contents"), "a.doc", "hỏng"),
    "ole cut short": (OLE + b"\0" * 40, "a.xls", "hỏng"),
    "stream beyond the end": (OLE.ljust(SECTOR, b"\0") + entry("WordDocument", sector=9), "a.doc", "hỏng"),
    "locked doc": (ole(WORD + b"\x00\x01", "WordDocument"), "a.doc", "mật khẩu"),
    "locked xls": (ole(BOOK + LOCK, "Workbook"), "a.xls", "mật khẩu"),
    "locked docx as doc": (ole(b"", "EncryptedPackage"), "a.doc", "mật khẩu"),
    "macros in doc": (ole(WORD, "WordDocument", "_VBA_PROJECT"), "a.doc", "macro"),
    "macros in xls": (ole(BOOK, "Workbook", "_VBA_PROJECT_CUR"), "a.xls", "macro"),
}


@pytest.mark.parametrize(("data", "name", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_one_sentence(data, name, said):
    with pytest.raises(RefusedFile, match=said) as refusal:
        inspect_file(data, name, EVERY)
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.html", "a.csv", "a.md"])
def test_evidence_takes_no_more_kinds_than_before(name):
    with pytest.raises(RefusedFile, match="chưa được nhận"):
        inspect_file(HTML, name)


def test_a_page_under_another_name_is_refused_where_pages_are_not_taken():
    with pytest.raises(RefusedFile, match="HTML"):
        inspect_file(HTML, "a.doc", frozenset({"doc"}))


def test_a_page_from_outside_is_never_served_as_a_page():
    assert inspect_file(HTML, "a.html", EVERY).media_type == "text/plain"


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.html", "a.csv"])
def test_damage_gives_a_kind_or_a_sentence(name):
    chance = random.Random(name)
    for whole in (ole(WORD + BOOK, "WordDocument", "Workbook"), HTML, XLSX):
        for _blow in range(60):
            data = bytearray(whole[: chance.randrange(1, len(whole))])
            data[chance.randrange(len(data))] = chance.randrange(256)
            assert said(bytes(data), name).endswith((".", *EVERY))


def said(data, name):
    """The kind, or the sentence that refuses the file."""
    try:
        return inspect_file(data, name, EVERY).extension
    except RefusedFile as refusal:
        return str(refusal)


def test_names_repeated_without_end_are_looked_at_once():
    data = OLE + "WordDocument\0".encode("utf-16-le") * 300_000
    with pytest.raises(RefusedFile, match="hỏng"):
        inspect_file(data, "a.doc", EVERY)
