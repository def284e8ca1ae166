"""A workbook filled in as a person would: cells changed, added and emptied, the rest of the file left as it was."""

import io
import re
import zipfile

from lxml import etree

from tiendo.plans.spreadsheets.xlsx import position_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NS = {"m": MAIN}


def filled(data: bytes, cells: dict[str, str | None]) -> bytes:
    """The workbook with cells such as "Nhiệm vụ!F3" set to a text; None empties a cell."""
    parts = _unpacked(data)
    sheets = _sheet_parts(parts)
    for place, text in cells.items():
        title, name = place.split("!")
        root = etree.fromstring(parts[sheets[title]])
        _set(root, name, text)
        parts[sheets[title]] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return _packed(parts)


def without_row(data: bytes, title: str, number: int) -> bytes:
    """The workbook without one row of a sheet."""
    parts = _unpacked(data)
    part = _sheet_parts(parts)[title]
    root = etree.fromstring(parts[part])
    for row in root.iterfind(f".//m:row[@r='{number}']", NS):
        row.getparent().remove(row)
    parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return _packed(parts)


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    root = etree.fromstring(parts["xl/workbook.xml"])
    return {
        node.get("name", ""): f"xl/worksheets/sheet{place}.xml"
        for place, node in enumerate(root.iterfind("m:sheets/m:sheet", NS), 1)
    }


def _set(root: etree._Element, name: str, text: str | None) -> None:
    number, column = position_of(name) or (0, 0)
    row = root.find(f".//m:row[@r='{number}']", NS)
    assert row is not None, f"the sheet has no row {number}"
    cell = row.find(f"m:c[@r='{name}']", NS)
    if cell is None:
        before = [each for each in row if (position_of(each.get("r", "")) or (0, 0))[1] < column]
        cell = etree.Element(f"{{{MAIN}}}c", r=name)
        row.insert(len(before), cell)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if text is not None:
        cell.set("t", "inlineStr")
        inline = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
        inline.text = re.sub("[\x00-\x08]", "", text)
