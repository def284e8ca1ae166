"""Web pages: what a browser would show, tables of every shape, Word's own habits, and pages made to do harm."""

import pytest

from tests.intake.reading.old_fonts import tcvn3, windows_1258
from tests.pace import takes_at_most
from tiendo.intake.reading import Unreadable, read_blocks
from tiendo.intake.reading.html import read_html

META = '<meta http-equiv=Content-Type content="text/html; charset={}">'


def read(body, name="a.html"):
    return read_blocks(f"<html><body>{body}</body></html>".encode(), name)


def grid(body):
    (found,) = read(body).tables()
    return [row.texts for row in found.rows]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<h1>KẾ HOẠCH</h1><p>Một<br>hai</p>ba<div>bốn</div>", ("KẾ HOẠCH", "Một", "hai", "ba", "bốn")),
        ("<p>Sở\n  <b>Tài</b>&nbsp;chính</p>", ("Sở Tài chính",)),
        ("<p>a</p><script>x()</script><style>p{}</style><p style='display: none'>b</p><p hidden>c</p>", ("a",)),
        ("<p>a<!-- b --><![if !x]>c<![endif]><o:p>&nbsp;</o:p></p>", ("ac",)),
        ("<ul><li>một<li>hai</ul><ol start=3><li>ba<li>bốn</ol>", ("- một", "- hai", "3. ba", "4. bốn")),
        ("<ol type=I><li>a<li value=4>b</ol><ol type=a><li>c</ol>", ("I. a", "IV. b", "a. c")),
        ("<p>5 m<sup>2</sup>, Sở Y tế<sup>1</sup>, 10<sup>3</sup></p>", ("5 m², Sở Y tế, 10³",)),
        (
            "<p>Sở Y tế<a href='#_ftn1'><span class=MsoFootnoteReference>[1]</span></a> chủ trì</p>",
            ("Sở Y tế chủ trì",),
        ),
        ("<p>giữ<del>bỏ</del><ins>thêm</ins></p>", ("giữthêm",)),
        ("<p>đến &#150; 2030 &#7871;</p>", ("đến – 2030 ế",)),
    ],
)
def test_lines_as_a_browser_shows_them(body, lines):
    assert read(body).lines == lines


LABELS = {"1.": "1.", "a)": "a)", "·": "-", "o": "-", "+": "+", "1.2.": "1.2."}


@pytest.mark.parametrize(("label", "shown"), LABELS.items())
def test_labels_of_word_lists(label, shown):
    span = f"<span style='mso-list:Ignore'>{label}<span>&nbsp;&nbsp;</span></span>"
    assert read(f"<p><![if !supportLists]>{span}<![endif]>Việc</p>").lines == (f"{shown} Việc",)


def test_cells_over_several_rows_and_columns():
    body = """<table><thead><tr><th rowspan=2>TT<th colspan=2>Nhóm</tr><tr><th>A<th>B</tr></thead>
    <tbody><tr><td>1<td rowspan=0>chung<td>x</tr><tr><td>2<td>y</tr></tbody></table>"""
    rows = next(read(body).tables()).rows
    assert [row.texts for row in rows] == [
        ("TT", "Nhóm", "Nhóm"), ("TT", "A", "B"), ("1", "chung", "x"), ("2", "chung", "y")
    ]  # fmt: skip
    assert rows[0].cells[2].across
    assert [cell.inherited for cell in rows[1].cells] == [True, False, False]
    assert rows[3].cells[1].inherited
    assert (rows[3].position.row, rows[3].cells[2].position.cell, rows[3].position.line) == (4, 3, 4)


def test_line_breaks_lists_and_tables_inside_a_cell():
    inner = "<table><tr><td>i<td>j</tr><tr><td>k</tr></table>"
    body = f"<table><tr><td>1<td>a<br>b<p>c</p><ul><li>d</ul>{inner}</tr><tr><td>2</tr></table>"
    assert grid(body) == [("1", "a\nb\nc\n- d\ni j\nk"), ("2", "")]


def test_a_letterhead_stays_a_table_and_a_frame_around_the_page_is_opened():
    letterhead = "<table><tr><td>UBND<td>CỘNG HÒA</tr></table>"
    annex = "<table><caption>Phụ lục</caption><tr><td>1<td>a</tr><tr><td>2<td>b</tr></table>"
    source = read(f"<table><tr><td>{letterhead}<p>KẾ HOẠCH</p>{annex}</td></tr></table>")
    assert source.lines == ("UBND | CỘNG HÒA", "KẾ HOẠCH", "Phụ lục", "1 | a", "2 | b")
    assert [row.texts for found in source.tables() for row in found.rows] == [
        ("UBND", "CỘNG HÒA"),
        ("1", "a"),
        ("2", "b"),
    ]
    menu = f"<table><tr><td>Trang chủ<td><p>KẾ HOẠCH</p>{annex}</tr></table>"
    assert read(menu).lines == ("Trang chủ", "KẾ HOẠCH", "Phụ lục", "1 | a", "2 | b")


def test_hidden_rows_and_tables_are_left_out():
    body = "<table><tr><td>1<td>2</tr><tr style='display:none'><td>x<td>y</tr></table><table hidden><tr><td>z</table>"
    assert grid(body) == [("1", "2")]


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.htm"])
def test_pages_saved_under_other_names(name):
    source = read("<p>Kế hoạch</p>", name)
    assert (source.lines, source.format) == (("Kế hoạch",), "html")


def test_the_single_file_page_of_word():
    page = "<html><body><p>Kế hoạch</p></body></html>".encode().hex("=").upper()
    letter = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; '
        f'charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n={page}\r\n--x--\r\n'
    )
    assert read_blocks(letter.encode(), "a.doc").lines == ("Kế hoạch",)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (lambda text: text.encode(), "utf-8"),
        (lambda text: text.encode(), "windows-1252"),
        (lambda text: b"\xef\xbb\xbf" + text.encode(), "x"),
        (lambda text: text.encode("utf-16"), "utf-16"),
        (windows_1258, "windows-1258"),
        (windows_1258, "us-ascii"),
        (lambda text: text.encode("ascii", "xmlcharrefreplace"), "us-ascii"),
    ],
)
def test_the_letters_are_told_whatever_is_declared(data, name):
    text = "Kế hoạch phát triển khoa học và công nghệ"
    assert read_blocks(data(f"<html>{META.format(name)}<p>{text}</p></html>"), "a.html").lines == (text,)


def test_what_is_declared_helps_where_too_few_letters_tell():
    page = f"<html>{META.format('windows-1258')}<p>Kế</p></html>"
    assert read_blocks(windows_1258(page), "a.html").lines == ("Kế",)
    western = f"<html>{META.format('iso-8859-1')}<p>café</p></html>"
    assert read_blocks(western.encode("latin-1"), "a.html").lines == ("café",)


@pytest.mark.parametrize("code", ["latin-1", "utf-8"])
def test_old_fonts_are_put_right(code):
    page = f"<html>{META.format('windows-1252')}<p>{tcvn3('Kế hoạch phát triển khoa học và công nghệ')}</p></html>"
    source = read_blocks(page.encode(code), "a.html")
    assert source.lines == ("Kế hoạch phát triển khoa học và công nghệ",)
    assert source.encoding == "TCVN3 (ABC)"
    assert source.printed == (tcvn3(source.lines[0]),)


HOSTILE = {
    "nested": "<div>" * 10_000 + "x",
    "nested tables": "<table><tr><td>" * 5_000 + "x",
    "nested lists": "<ul><li>" * 5_000 + "x",
    "wide": "<table>" + "<tr><td rowspan=99999 colspan=999>a" * 5_000,
    "no words": "<p>" * 5_000,
    "entities": '<!DOCTYPE html [<!ENTITY a "aaaa">]><p>&a;&a;</p><p hidden>b</p>',
    "tags cut": "<p>a<table><tr><td" * 2_000,
    "angles": "<" * 100_000 + ">",
    "comments": "<!--" * 50_000,
    "attributes": "<p " + "a=1 " * 100_000 + ">x",
    "too much": "<b>" * 1_600_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_pages_made_to_do_harm_give_lines_or_one_sentence(body):
    with takes_at_most(150):
        assert "\n" not in said(f"<html>{body}".encode())


def test_nothing_outside_the_file_is_read():
    body = '<!DOCTYPE html SYSTEM "file:///etc/passwd"><p>a</p><iframe src="file:///etc/passwd"></iframe>'
    assert read_html(body.encode(), lambda share: None).lines == ("a",)


@pytest.mark.parametrize("share", range(1, 20))
def test_a_page_cut_anywhere(share):
    page = f"<html>{META.format('utf-8')}<p>Kế hoạch</p><table><tr><td>Nhiệm vụ<td>x</tr></table></html>".encode()
    assert said(page[: len(page) * share // 20])


def said(data):
    """The last line read, or the sentence that refuses the file."""
    try:
        return read_blocks(data, "a.html").lines[-1]
    except Unreadable as refusal:
        return str(refusal)


def test_fonts_named_in_the_page_tell_for_certain():
    heading = f"<p><font face='.VnTimeH, serif'>{tcvn3('kế hoạch')}</font> số 1</p>"
    span = f"""<p><span style='font-family:".VnTime"'>{tcvn3("của tỉnh")}<b> {tcvn3("và xã")}</b></span> Sở Y tế</p>"""
    source = read(heading + span + "<p><font face='VNI-Times'>nhieàu hôn</font></p>")
    assert source.lines == ("KẾ HOẠCH số 1", "của tỉnh và xã Sở Y tế", "nhiều hơn")
    assert source.printed == ("kÕ ho¹ch số 1", "cña tØnh vµ x· Sở Y tế", "nhieàu hôn")
    assert source.encoding == "VNI"
    wrong = "<p><font face='.VnTime'>có báo cáo không là tài</font></p>"
    assert read(wrong).lines == ("có báo cáo không là tài",)
    assert read(wrong).encoding is None


def test_the_tables_of_a_portal_only_frame_the_grid_inside():
    grid_inside = "<table><tr><th>STT<th>Nhiệm vụ<th>Chủ trì</tr><tr><td>1<td>Việc<td>Sở Y tế</tr></table>"
    inner = f"<table><tr><td colspan=2>Tin</tr><tr><td><p>Số: 2</p>{grid_inside}</tr></table>"
    page = f"<table><tr><td>Trang chủ<td>{inner}</tr>"
    (found,) = read(f"{page}<tr><td colspan=2>Bản quyền</tr></table>").tables()
    assert [row.texts for row in found.rows] == [("STT", "Nhiệm vụ", "Chủ trì"), ("1", "Việc", "Sở Y tế")]
    assert read(f"{page}<tr><td colspan=2>Bản quyền</tr></table>").lines[-1] == "Bản quyền"
