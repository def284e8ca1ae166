"""One file read for a purpose: a new plan, an annex that was missing, or a change to what a plan says."""

from collections.abc import Sequence
from dataclasses import dataclass

from tiendo.intake.accepting import branch_of_label
from tiendo.intake.amending import amended, only_rest, scope_of
from tiendo.intake.directory import directory_of_units
from tiendo.intake.extraction.reading import interpret
from tiendo.intake.found import Found
from tiendo.intake.likening import with_twins
from tiendo.intake.proposing import Proposed, propose
from tiendo.intake.queries import left_out_of, tasks_elsewhere, titles_of, was_accepted
from tiendo.intake.reading import READERS, read_blocks
from tiendo.intake.standing import standing_of
from tiendo.intake.workbooks import find_in_workbook
from tiendo.plans.models import Annex, Plan, PlanVersion
from tiendo.plans.spreadsheets.progress import Progress, ignore, part

READABLE = frozenset(READERS)
LETTERS_END, MEANING_END = 0.7, 0.9  # shares of the work: letters and tables, what they mean, what is compared


@dataclass(frozen=True)
class Purpose:
    """What a file comes in for. `base` set: what it says is compared with that version, and would make the next."""

    plan: Plan | None = None
    annex: Annex | None = None
    base: PlanVersion | None = None

    @classmethod
    def of(cls, *, annex: Annex | None, plan: Plan | None) -> "Purpose":
        """A plan that has a version, or an annex that has its document, is changed; else the file is the first."""
        plan = annex.plan if annex else plan
        if plan is None:
            return cls()
        is_first = annex is not None and annex.document_id is None
        base = None if is_first else plan.versions.order_by("-number").first()
        return cls(plan=plan, annex=annex, base=base)


def find(data: bytes, name: str, purpose: Purpose, progress: Progress = ignore) -> Found:
    """Everything the file proposes. The file is read once; the database is only read.

    Raises Unreadable with a sentence when the file cannot be read.
    """
    if name.lower().endswith(".xlsx") and (filled := find_in_workbook(data, name, purpose.base)):
        return filled
    source = read_blocks(data, name, part(progress, 0.0, LETTERS_END))
    reading = interpret(source, directory_of_units())
    progress(MEANING_END)
    proposals = propose(reading)
    if purpose.base:
        proposals = beside(proposals, purpose.base, purpose.annex, reading["file"]["sha256"])
    proposals = with_twins(proposals, tasks_elsewhere(purpose.plan))
    progress(1.0)
    return Found(reading=reading, lines=source.lines, printed=source.printed, proposals=proposals)


def beside(proposals: Sequence[Proposed], base: PlanVersion, annex: Annex | None, sha256: str) -> list[Proposed]:
    """The proposals compared with the version they would amend, and what that has and they do not.

    What a person left out of another file stays left out; of the very same file (`sha256`) it is asked about again,
    and only that: the plan may have been amended since, and an old paper takes nothing of that back.
    """
    scope = scope_of(proposals, branch_of_label(annex.label) if annex else None)
    headings = {each.key: str(each.printed["title"]) for each in proposals if each.kind == "section"}
    titles = titles_of(base.plan) | headings
    found = amended(proposals, standing_of(base), scope, titles, left_out_of(base.plan, sha256))
    return only_rest(found) if was_accepted(base.plan, sha256) else found
