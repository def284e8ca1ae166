"""Word packages written tag by tag, for what no library writes."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{CONTENT}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{CONTENT}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{CONTENT}.numbering+xml"/></Types>'
)


def package(body, *, styles="", numbering="", main="word/document.xml", more=None, related=""):
    """A .docx with this body; styles and numbering are the inside of their parts."""
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("officeDocument", main)),
        main: f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>',
        main.replace("word/", "word/_rels/") + ".rels": relations(
            ("styles", "styles.xml"), ("numbering", "numbering.xml"), more=related
        ),
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>',
        **(more or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def relations(*pairs, more=""):
    """The inside of a relations part."""
    written = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(pairs)
    )
    return f'<Relationships xmlns="{RELATIONS}">{written}{more}</Relationships>'


def paragraph(*runs, properties=""):
    """A paragraph; strings become plain runs, what begins with a tag stays."""
    inside = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def run(text, look=""):
    """A run of text."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def raised(text):
    """A run above the line."""
    return run(text, '<w:vertAlign w:val="superscript"/>')


def font(text, name):
    """A run in a font."""
    return run(text, f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>')


def cell(*inside, properties=""):
    """A cell; strings become paragraphs, what begins with a tag stays."""
    held = "".join(piece if piece.startswith("<") else paragraph(piece) for piece in inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{held}</w:tc>"


def table(*rows):
    """A table of rows; a row is a tuple of cells (strings become cells) or ready XML."""
    written = (
        row
        if isinstance(row, str)
        else "<w:tr>" + "".join(one if one.startswith("<w:tc>") else cell(one) for one in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(written)}</w:tbl>"
