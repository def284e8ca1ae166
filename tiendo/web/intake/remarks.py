"""What the reader wants to tell the person who reviews: about the whole file, about a place, about rows put aside."""

from dataclasses import dataclass

from tiendo.intake.models import Import


@dataclass(frozen=True)
class Remark:
    """One sentence; `where` is empty when it speaks of the whole file, and a cell's address in a workbook."""

    where: str
    message: str
    is_error: bool


def remarks_of(source: Import) -> list[Remark]:
    """Errors first, then warnings; what stands on a card of its own (a task, an indicator) is said there."""
    reading = source.reading or {}
    rows = {str(row["id"]) for row in (*reading.get("tasks", ()), *reading.get("indicators", ()))}
    notes = [note for note in reading.get("notes", ()) if note["severity"] != "info" and note["where"] not in rows]
    found = [
        Remark(
            where="" if note["where"] == "document" else str(note["where"]),
            message=str(note["message"]),
            is_error=note["severity"] == "error",
        )
        for note in notes
    ]
    return sorted(found, key=lambda remark: not remark.is_error)
