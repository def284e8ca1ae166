"""Sealed releases: a list of records in which each one's digest holds the one before, closed by a seal.

Pure. Anybody can check a release with `tiendo_verify.py`, which writes the same rules a second time.

    digest of the header  = hash of {"schema", "header", "count"}
    digest of a record    = hash of {"id", "prev", "data"}, where prev is the digest before (of the header at first)
    seal                  = the last digest (of the header when there is no record)

Hash is SHA-256 of the canonical text (`chain.canonical`). Because the header is hashed with the count, and every
record with the one before, the seal alone stands for the whole release: print it, and nothing in it can be changed,
taken out, moved or cut off unseen.
"""

from collections.abc import Iterable, Mapping

from tiendo.audit.chain import digest, plain

SCHEMA = "tiendo.release/1"


def seal(records: Iterable[Mapping[str, object]], header: Mapping[str, object]) -> dict[str, object]:
    """The release as a JSON-ready dict: schema, header, count, records (id, digest, prev, data) and seal.

    Each record is {"id": text, "data": anything `chain.plain` accepts}; order is kept. A header may name under
    "log_head" the head of the audit log at the moment of sealing; the checking program looks for it in the log.

    Raises TypeError for floats, ValueError for a record of another form or an id that comes twice.
    """
    plain_header, given = plain(header), [_checked(record) for record in records]
    _require_unique(given)
    prev = digest({"schema": SCHEMA, "header": plain_header, "count": len(given)})
    sealed: list[dict[str, object]] = []
    for record in given:
        own = digest({**record, "prev": prev})
        sealed.append({"id": record["id"], "digest": own, "prev": prev, "data": record["data"]})
        prev = own
    return {"schema": SCHEMA, "header": plain_header, "count": len(given), "records": sealed, "seal": prev}


def _checked(record: Mapping[str, object]) -> dict[str, object]:
    if set(record) != {"id", "data"} or not isinstance(record["id"], str) or not record["id"]:
        raise ValueError(f'a record reads {{"id": text, "data": …}}, not {record!r}')
    return {"id": plain(record["id"]), "data": plain(record["data"])}


def _require_unique(records: list[dict[str, object]]) -> None:
    seen: set[object] = set()
    for record in records:
        if record["id"] in seen:
            raise ValueError(f"the id {record['id']!r} comes twice in one release")
        seen.add(record["id"])
