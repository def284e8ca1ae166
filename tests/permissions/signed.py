"""Signed papers on the stage: one brought for the consolidated report, one for a unit's own, a certificate trusted."""

from dataclasses import dataclass
from typing import Any

from tests.factories import NOON, World
from tests.reporting.signing import authority, sign, signer
from tiendo.plans.storage import read_file
from tiendo.reporting.actions import add_anchor, bring_signed
from tiendo.reporting.models import Duty, IssuedReport, SignedPaper, TrustAnchor, UnitReport


@dataclass(frozen=True)
class Signing:
    """`copy` is a signed PDF not brought yet; it fits the consolidated report and the unit's own."""

    issued: IssuedReport
    unit_report: UnitReport
    signed: SignedPaper
    anchor: TrustAnchor
    copy: bytes

    def places(self) -> dict[str, tuple[Any, ...]]:
        return {
            "reporting:report-moved": (self.issued.pk,),
            "reporting:report-signatures": (self.issued.pk,),
            "reporting:unit-report-signatures": (self.unit_report.pk,),
            "reporting:signed-file": (self.signed.pk,),
            "reporting:signed-check": (self.signed.pk,),
            "reporting:anchor-remove": (self.anchor.pk,),
            "portal:verification-code": (self.issued.code,),
            "portal:verification-json": (self.issued.code,),
        }


def signing(issued: IssuedReport, duty: Duty, world: World) -> Signing:
    """The unit's own report stands here with the files of the consolidated one: only who may do what is asked."""
    files = {"docx": issued.docx, "pdf": issued.pdf, "seal": issued.seal}
    own = UnitReport.objects.create(duty=duty, number=90, sent_at=NOON, issued_at=NOON, issued_by=world.binh, **files)
    pdf = read_file(issued.pdf)
    return Signing(
        issued=issued,
        unit_report=own,
        signed=bring_signed(paper=issued, data=sign(pdf, signer("Giám đốc")), by=world.chi, at=NOON),
        anchor=add_anchor(data=authority().certificate, by=world.administrator, at=NOON),
        copy=sign(pdf, signer("Phó Giám đốc")),
    )
