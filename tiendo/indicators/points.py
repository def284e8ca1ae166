"""Lines of the target ledger as points."""

from tiendo.indicators.aims import Aim
from tiendo.indicators.models import TargetLine
from tiendo.indicators.states import Comparator, Firmness, Purpose


def aim_of(line: TargetLine) -> Aim:
    """The point a line of the ledger writes. Raises ValueError for a line without a value."""
    if line.value is None:
        raise ValueError(f"{line} has no value")
    return Aim(
        purpose=Purpose(line.purpose),
        due_on=line.due_on,
        value=line.value,
        comparator=Comparator(line.comparator),
        upper=line.upper,
        full_value=line.full_value,
        category=line.category,
        firmness=Firmness(line.firmness),
        printed=line.printed,
        unit=line.unit_id,
    )
