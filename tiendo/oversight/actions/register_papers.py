"""The file that backs an entry of a register."""

from dataclasses import dataclass
from datetime import datetime

from tiendo.plans.files import inspect_file
from tiendo.plans.models import StoredFile
from tiendo.plans.storage import store_file


@dataclass(frozen=True)
class Paper:
    """A file as it was handed in: its bytes and the name a person gave it."""

    data: bytes
    name: str


def keep_paper(paper: Paper | None, *, at: datetime) -> StoredFile | None:
    """The stored file. Raises RefusedFile for one that is not what it says, or not safe to open."""
    if paper is None:
        return None
    kind = inspect_file(paper.data, paper.name)
    return store_file(paper.data, extension=kind.extension, media_type=kind.media_type, at=at)
