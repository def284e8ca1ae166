"""The tables of reports, one module for each noun."""

from tiendo.reporting.models.desks import ApprovalStep as ApprovalStep
from tiendo.reporting.models.desks import Stay as Stay
from tiendo.reporting.models.duties import Duty as Duty
from tiendo.reporting.models.duties import DutyQuerySet as DutyQuerySet
from tiendo.reporting.models.entries import VALUE_FIELDS as VALUE_FIELDS
from tiendo.reporting.models.entries import Entry as Entry
from tiendo.reporting.models.entries import EntryQuerySet as EntryQuerySet
from tiendo.reporting.models.entries import Evidence as Evidence
from tiendo.reporting.models.entries import Submission as Submission
from tiendo.reporting.models.papers import IssuedReport as IssuedReport
from tiendo.reporting.models.parts import Part as Part
from tiendo.reporting.models.parts import PartAnswer as PartAnswer
from tiendo.reporting.models.parts import PartQuerySet as PartQuerySet
from tiendo.reporting.models.periods import Period as Period
from tiendo.reporting.models.periods import PeriodDeadline as PeriodDeadline
from tiendo.reporting.models.periods import PeriodQuerySet as PeriodQuerySet
from tiendo.reporting.models.periods import ProgrammeEntry as ProgrammeEntry
from tiendo.reporting.models.periods import Reopening as Reopening
from tiendo.reporting.models.periods import Schedule as Schedule
from tiendo.reporting.models.review import ExtensionQuerySet as ExtensionQuerySet
from tiendo.reporting.models.review import ExtensionRequest as ExtensionRequest
from tiendo.reporting.models.review import Remark as Remark
from tiendo.reporting.models.urgings import Reminder as Reminder
from tiendo.reporting.models.urgings import Urging as Urging
from tiendo.reporting.models.urgings import UrgingQuerySet as UrgingQuerySet
