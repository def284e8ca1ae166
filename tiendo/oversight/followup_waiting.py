"""What the clock does about an item that was reported as done and that nobody confirms (R039). Pure."""

from collections.abc import Collection

from tiendo.oversight.followup_workflow import Act

WORDS = frozenset({Act.REMIND, Act.PRESS})


def word_due(days: int, told: Collection[Act], *, remind_after: int, press_after: int) -> Act | None:
    """The next word to who should confirm it; None where nothing is due.

    `days`: whole working days since it was reported; `told`: what the clock has done since then, each once. A clock
    that slept past both days goes straight to those above, who are told together with who should confirm.
    """
    if Act.PRESS in told:
        return None
    if days >= press_after:
        return Act.PRESS
    return Act.REMIND if days >= remind_after and Act.REMIND not in told else None
