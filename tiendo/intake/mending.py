"""Accepted repairs applied to the words they were proposed for; the printed words stay with the item. Pure."""

from collections.abc import Iterable

from tiendo.intake.choosing import Offered


class Mender:
    """Repairs by the path of the item or heading whose words they mend."""

    def __init__(self, repairs: dict[str, list[tuple[str, str]]]) -> None:
        self._repairs = repairs

    @classmethod
    def of(cls, chosen: Iterable[Offered]) -> "Mender":
        """From every chosen repair that proposes something."""
        repairs: dict[str, list[tuple[str, str]]] = {}
        for each in chosen:
            if each.kind == "repair" and each.value.get("proposed") and each.value.get("item"):
                repairs.setdefault(each.value["item"], []).append((each.value["printed"], each.value["proposed"]))
        return cls(repairs)

    def mend(self, path: str, text: str) -> str:
        """The text with the repairs of its path."""
        for printed, proposed in self._repairs.get(path, ()):
            text = text.replace(printed, proposed)
        return text
