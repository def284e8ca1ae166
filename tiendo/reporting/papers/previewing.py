"""A unit's report as it would be sent now: looked at, kept nowhere."""

from datetime import datetime

from django.utils.timezone import localdate

from tiendo.papers.docx import render_docx
from tiendo.papers.pdf import render_pdf
from tiendo.reporting.models import Duty
from tiendo.reporting.papers.gathering_unit import unit_facts
from tiendo.reporting.papers.letterheads import is_illustrative, unit_letterhead
from tiendo.reporting.papers.unit import PREVIEW, unit_paper


def unit_preview(duty: Duty, extension: str, *, at: datetime) -> bytes:
    """The paper made from the drafts, marked as a preview. `extension` is docx or pdf.

    Raises papers.fonts.MissingFont.
    """
    paper = unit_paper(
        unit_facts(duty, drafts=True),
        unit_letterhead(duty.unit, duty.period, localdate(at)),
        at=at,
        note=PREVIEW,
        nothing_new=duty.nothing_new,
        illustrative=is_illustrative(),
    )
    return render_docx(paper, made_at=at) if extension == "docx" else render_pdf(paper, made_at=at)
