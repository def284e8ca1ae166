"""Files kept by their content under MEDIA_ROOT, outside the web root; the name a person gave stays with its use."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from tiendo.plans.models import StoredFile


def store_file(data: bytes, *, extension: str, media_type: str, at: datetime) -> StoredFile:
    """The stored file with this content, written once. The caller has checked what it is (`plans.files`).

    The bytes are on disk before the row exists; a row never names a file that is not there.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    target = _path(sha256)
    if not target.exists():
        _write(target, data)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={"size": len(data), "media_type": media_type, "extension": extension, "stored_at": at},
    )
    return stored


def read_file(stored: StoredFile) -> bytes:
    """The content. Raises ValueError if what is on disk is not what was stored."""
    data = _path(stored.sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise ValueError(f"stored file {stored.sha256} was changed on disk")
    return data


def _path(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
        draft.write(data)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(target)
