"""From an item to the printed lines it was read from (R067)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tiendo.plans.models import PlanItem

Where = dict[str, object]


@dataclass(frozen=True)
class Passage:
    """Where an item stands in its document, in words, and the page that shows it."""

    words: str
    url: str


def passage_of(item: PlanItem) -> Passage:
    """The place of an item; an item of a table is named by its row."""
    return Passage(place_words(item.where), lines_url(item.document_id, item.where))


def cited_lines(where: Where) -> tuple[int, int] | None:
    """First and last printed line, when the place is told in lines."""
    match where.get("lines"):
        case [int() as first, int() as last]:
            return first, last
    return None


def place_words(where: Where) -> str:
    """“dòng 12–14”, or “trang 3, bảng 1, dòng 12” for a row of a table; empty when nothing is known."""
    if lines := cited_lines(where):
        first, last = lines
        return (
            _("dòng %(first)s") % {"first": first}
            if first == last
            else _("dòng %(first)s–%(last)s")
            % {
                "first": first,
                "last": last,
            }
        )
    parts = [(_("trang %(n)s"), "page"), (_("bảng %(n)s"), "table"), (_("dòng %(n)s"), "row")]
    return ", ".join(words % {"n": where[name]} for words, name in parts if where.get(name) is not None)


def lines_url(document: int, where: Where) -> str:
    """The page of the document's lines with these lit."""
    url = reverse("plans:document-lines", args=[document])
    lines = cited_lines(where)
    return f"{url}?{urlencode({'tu': lines[0], 'den': lines[1]})}#l{lines[0]}" if lines else url
