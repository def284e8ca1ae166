"""Tables of the room, one module for each matter."""

from tiendo.evaluation.models.audits import AuditedClaim as AuditedClaim
from tiendo.evaluation.models.audits import ClaimAudit as ClaimAudit
from tiendo.evaluation.models.criteria import CriteriaSet as CriteriaSet
from tiendo.evaluation.models.criteria import CriterionLink as CriterionLink
from tiendo.evaluation.models.cycles import Assessor as Assessor
from tiendo.evaluation.models.cycles import Cycle as Cycle
from tiendo.evaluation.models.cycles import Judgement as Judgement
from tiendo.evaluation.models.cycles import Objection as Objection
from tiendo.evaluation.models.cycles import Result as Result
from tiendo.evaluation.models.cycles import Scorecard as Scorecard
from tiendo.evaluation.models.cycles import Snapshot as Snapshot
