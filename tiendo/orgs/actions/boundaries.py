"""Where units lie, for maps."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tiendo.audit.record import record
from tiendo.orgs.models import Boundary, Unit


@transaction.atomic
def import_boundaries(*, geometries: Mapping[str, Mapping[str, Any]], source: str, by: str, at: datetime) -> int:
    """Where units lie, by code; what was known of these units before is replaced, other units keep theirs.

    `geometries` come from `boundaries.read_boundaries`. Returns how many were written; raises KeyError for a code
    that no unit has.
    """
    units = {unit.code: unit for unit in Unit.objects.select_for_update(no_key=True).filter(code__in=geometries)}
    rows = [
        Boundary(unit=units[code], geometry=geometry, source=source, imported_at=at)
        for code, geometry in geometries.items()
    ]
    Boundary.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit"], update_fields=["geometry", "source", "imported_at"]
    )
    told = json.dumps(geometries, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(told.encode()).hexdigest()
    subject, codes = f"orgs.boundary:{digest[:16]}", sorted(geometries)
    record(act="orgs.boundary.import", subject=subject, actor=by, at=at, source=source, units=codes, sha256=digest)
    return len(rows)
