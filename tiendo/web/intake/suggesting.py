"""What the accept form is filled with, from what the document says of itself."""

import re
from datetime import date
from typing import Any

from django.utils import timezone

from tiendo.intake.actions.accepting import start_of
from tiendo.intake.directory import directory_of_units
from tiendo.intake.models import Import, Proposal
from tiendo.orgs.models import Unit
from tiendo.orgs.words import fold
from tiendo.oversight.register_queries import find_unit_plan

Value = dict[str, Any]


def suggested(source: Import) -> dict[str, object]:
    """Code, title, owner and first day, each only as far as the document gives it."""
    document = source.proposals.filter(kind=Proposal.Kind.DOCUMENT).first()
    facts = document.value if document else {}
    issued = date.fromisoformat(facts["issued_on"]) if facts.get("issued_on") else None
    given: dict[str, object] = {"in_force_from": start_of(source, issued, on=timezone.localdate())}
    if source.plan_id:
        return given
    title = " ".join(part for part in (facts.get("kind"), _lower_first(facts.get("title"))) if part)
    named = {"code": _code(facts), "title": title, "owner": _owner(facts)}
    return given | named | ({"owner": source.unit} if source.unit_id else {}) | _registered(source)


def _registered(source: Import) -> dict[str, object]:
    """Of a plan in the register of units' plans: whose it is, what it is called, which plan it carries out."""
    row = find_unit_plan(source.file)
    return {"title": row.title, "owner": row.unit, "under": row.call.plan} if row else {}


def _code(facts: Value) -> str:
    """ "68/KH-UBND" → KH68; without a number the year stands for it: KH2025."""
    kind = re.search(r"/([A-ZĐ]+)-", facts.get("symbol") or "")
    letters = kind[1] if kind else "".join(word[0] for word in fold(facts.get("kind") or "").split())
    number = re.match(r"\d+", facts.get("number") or "")
    tail = number[0] if number else (facts.get("issued_on") or "")[:4]
    return f"{letters.replace('Đ', 'D')}{tail}".upper()


def _lower_first(title: str | None) -> str:
    return title[:1].lower() + title[1:] if title else ""


def _owner(facts: Value) -> Unit | None:
    """The unit that issued it, when its name is known."""
    found = directory_of_units().find(facts.get("issuer") or "")
    return Unit.objects.filter(code__in=[mention.unit for mention in found if mention.unit]).first()
