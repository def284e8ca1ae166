"""One cell that names both who leads and who coordinates, taken apart by its own words."""

import re

LABELLED = re.compile(
    r"(?:^|(?<=[\n;.,]))\s{0,5}[-+•(]?\s?(?:cơ quan|đơn vị)?\s{0,2}(?P<role>chủ trì|phối hợp)"
    r"(?:\s{1,9}thực hiện)?\s{0,3}:\s{0,3}",
    re.IGNORECASE,
)
INLINE = re.compile(
    r",?\s{1,9}chủ trì\s{0,2}[,;]?\s{1,9}(?:và\s{1,9})?phối hợp\s{1,9}(?:chặt chẽ\s{1,9})?(?:với|cùng)\s{1,9}",
    re.IGNORECASE,
)
WITH = re.compile(r"[,;]?\s{1,9}phối hợp\s{1,9}(?:chặt chẽ\s{1,9})?(?:với|cùng)\s{1,9}", re.IGNORECASE)
SAYS = re.compile(r"\(?\s{0,9}(?P<role>chủ trì|phối hợp)(?:\s{1,9}thực hiện)?\s{0,9}\)?\s{0,9}[.,]?$", re.IGNORECASE)
PIECES = re.compile(r"[;\n]")
SPEAKS = re.compile(r"chủ trì|phối hợp", re.IGNORECASE)


def take_apart(text: str) -> tuple[str, str] | None:
    """Who leads and who coordinates, when the cell itself says which is which; None when it does not."""
    if not SPEAKS.search(text):
        return None
    labels = list(LABELLED.finditer(text))
    if labels:
        return _by_labels(text, labels)
    between = INLINE.search(text) or WITH.search(text)
    if between:
        lead = SAYS.sub("", text[: between.start()])
        return lead.strip(), text[between.end() :].strip()
    return _by_endings(text)


def _by_labels(text: str, labels: list[re.Match[str]]) -> tuple[str, str]:
    said = {"chủ trì": [text[: labels[0].start()]], "phối hợp": list[str]()}
    for found, after in zip(labels, [*labels[1:], None], strict=True):
        said[found["role"].lower()].append(text[found.end() : after.start() if after else len(text)])
    lead, partners = ("; ".join(filter(None, (part.strip(" \n;.,") for part in parts))) for parts in said.values())
    return lead, partners


def _by_endings(text: str) -> tuple[str, str] | None:
    """ "Sở A chủ trì; Sở B, Sở C phối hợp"."""
    said: dict[str, list[str]] = {"chủ trì": [], "phối hợp": []}
    told = False
    for piece in PIECES.split(text):
        found = SAYS.search(piece)
        told = told or found is not None
        said[found["role"].lower() if found else "chủ trì"].append(SAYS.sub("", piece).strip(" ,"))
    if not told:
        return None
    return "; ".join(filter(None, said["chủ trì"])), "; ".join(filter(None, said["phối hợp"]))
