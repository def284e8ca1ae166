"""Tables of the room, one module for each matter."""

from tiendo.indicators.models.observations import Figure as Figure
from tiendo.indicators.models.observations import Observation as Observation
from tiendo.indicators.models.passports import DocumentTie as DocumentTie
from tiendo.indicators.models.passports import Indicator as Indicator
from tiendo.indicators.models.passports import ObjectiveTie as ObjectiveTie
from tiendo.indicators.models.passports import Passport as Passport
from tiendo.indicators.models.passports import TaskTie as TaskTie
from tiendo.indicators.models.programmes import Measurement as Measurement
from tiendo.indicators.models.programmes import Objective as Objective
from tiendo.indicators.models.programmes import Programme as Programme
from tiendo.indicators.models.sources import Batch as Batch
from tiendo.indicators.models.sources import PutAside as PutAside
from tiendo.indicators.models.sources import Source as Source
from tiendo.indicators.models.targets import TargetLine as TargetLine
