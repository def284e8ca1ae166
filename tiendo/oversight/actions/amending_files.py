"""The papers of an amendment: a unit's letter, the signed decision, or its words as the house has them."""

from datetime import datetime

from tiendo.plans.files import inspect_file
from tiendo.plans.models import StoredFile
from tiendo.plans.storage import store_file
from tiendo.reporting.actions.evidence import EVIDENCE_TYPES


def keep_letter(data: bytes, name: str, *, at: datetime) -> StoredFile | None:
    """The stored file; None where nothing was handed in. Raises RefusedFile."""
    if not data:
        return None
    kind = inspect_file(data, name, allowed=EVIDENCE_TYPES)
    return store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)


def keep_words(lines: list[str], *, at: datetime) -> StoredFile:
    """The decision's words as a plain text, where the signed paper was not handed in."""
    return store_file("\n".join(lines).encode(), extension="txt", media_type="text/plain", at=at)
