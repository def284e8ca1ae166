"""Makes the documents to read and their expected readings from `sources/`: `python -m tests.documents.build [name …]`.

Needs LibreOffice and poppler; the tests need neither, because the made files are kept in the repository.
"""

import importlib
import json
import pkgutil
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.documents import sources
from tests.documents.making.letters import cp1258, tcvn3, vni
from tests.documents.making.model import Document
from tests.documents.making.pages import converted, pdf_bare, pdf_open_sides, pdf_typst, printed_page, scanned
from tests.documents.making.plain import markdown, office_web, portal_web, separated, text, web
from tests.documents.making.truth import expected
from tests.documents.making.word import docx, docx_vntime
from tests.documents.making.workbook import xlsx

HERE = Path(__file__).parent
MAKERS: dict[str, Callable[[Document], bytes]] = {
    "docx": docx,
    "docx-vntime": docx_vntime,
    "xlsx": xlsx,
    "xls": lambda document: converted(xlsx(document), "xlsx", "xls"),
    "doc": lambda document: converted(docx(document), "docx", "doc"),
    "doc-html": lambda document: b"\xef\xbb\xbf" + web(document).encode(),
    "doc-word": lambda document: office_web(document).encode("utf-16"),
    "html": lambda document: web(document).encode(),
    "html-portal": lambda document: portal_web(document).encode(),
    "pdf": pdf_typst,
    "pdf-libreoffice": lambda document: converted(docx(document), "docx", "pdf"),
    "pdf-bare": pdf_bare,
    "pdf-open": pdf_open_sides,
    "pdf-browser": lambda document: printed_page(web(document)),
    "pdf-scan": lambda document: scanned(pdf_typst(document)),
    "md": lambda document: markdown(document).encode(),
    "txt": lambda document: text(document).encode(),
    "txt-tabs": lambda document: text(document, "\t").encode(),
    "txt-nfd": lambda document: unicodedata.normalize("NFD", text(document)).encode(),
    "txt-tcvn3": lambda document: tcvn3(text(document)).encode("latin-1"),
    "txt-vni": lambda document: vni(text(document)),
    "csv": lambda document: separated(document).encode("utf-8-sig"),
    "csv-cp1258": lambda document: cp1258(separated(document, ",")),
    "csv-utf16": lambda document: separated(document, "\t").encode("utf-16"),
}


def documents() -> Iterator[Document]:
    """Every document of `sources/`, by the order of the module names."""
    for module in pkgutil.iter_modules(sources.__path__):
        found = importlib.import_module(f"{sources.__name__}.{module.name}")
        if hasattr(found, "DOCUMENT"):
            yield found.DOCUMENT


def build(document: Document) -> None:
    """Write the files of one document and its expected reading."""
    extensions = [form.partition("-")[0] for form in document.formats]
    for form, extension in zip(document.formats, extensions, strict=True):
        variant = form.replace("-", ".") if extensions.count(extension) > 1 else extension
        path = HERE / f"{document.name}.{'.'.join(reversed(variant.split('.')))}"
        path.write_bytes(MAKERS[form](document))
        print(f"{path.name:48} {path.stat().st_size:8}")
    truth = json.dumps(expected(document), ensure_ascii=False, indent=1)
    (HERE / f"{document.name}.gold.json").write_text(truth + "\n", encoding="utf-8")


if __name__ == "__main__":
    for each in documents():
        if len(sys.argv) == 1 or each.name in sys.argv[1:]:
            build(each)
