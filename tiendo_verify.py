#!/usr/bin/env python3
"""Kiểm tra nhật ký hoặc bản công bố do tiendo xuất ra. / Check a log or a release exported by tiendo.

One file on the Python standard library alone, so that anybody can read it, carry it away and run it without the
system it checks. It shares no code with tiendo: the rules are written here a second time.

    python3 tiendo_verify.py nhat-ky.jsonl --head 3f9a…     the log, against the head printed on paper
    python3 tiendo_verify.py cong-bo.json                   a release
    python3 tiendo_verify.py --log nhat-ky.jsonl --release cong-bo.json
                                                            and that the log holds the release's approval

The rules. Canonical text of a JSON value: keys sorted, no spaces, letters as they are, UTF-8, no floats. Hash: SHA-256
of it, in hexadecimal.
  Log (JSON Lines): a header, then events. hash = H{act, actor, at, detail, prev, seq, subject}; prev is the hash of
  the event before, 64 zeros for event 1.
  Release: records {id, digest, prev, data}; digest = H{id, prev, data}; prev of the first = H{schema, header, count};
  the seal is the last digest.

What it can say. A change leaves a hash that does not fit. A removal leaves a hole in the numbers or a prev that points
at nothing. A move leaves all links and breaks their order. A cut leaves fewer entries than the header names. Somebody
who rewrites everything from one entry on, and the header with it, makes a chain that fits: only a head or seal printed
beforehand (--head) shows that.

Exit codes: 0 whole, 1 broken, 2 not readable.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LOG, RELEASE = "tiendo.log/1", "tiendo.release/1"
GENESIS = "0" * 64
APPROVALS = ("publication.release.approve", "publication.release.correct")
LOG_HEADER = {"schema": str, "count": int, "first_seq": int, "last_seq": int, "prev": str, "head": str}
EVENT = {"seq": int, "at": str, "actor": str, "act": str, "subject": str, "detail": dict, "prev": str, "hash": str}
RELEASE_FORM = {"schema": str, "header": dict, "count": int, "records": list, "seal": str}
RECORD = {"id": str, "digest": str, "prev": str, "data": object}
MOST_PROBLEMS_PRINTED = 50

# fmt: off
# key: (Vietnamese, English)
TEXT = {
    "log_whole": ("Chuỗi nguyên vẹn: {count} mục, đầu chuỗi {head}",
                  "The chain is whole: {count} entries, head {head}"),
    "release_whole": ("Bản công bố nguyên vẹn: {count} mục, mã niêm phong {head}",
                      "The release is whole: {count} entries, seal {head}"),
    "log_broken": ("Chuỗi KHÔNG nguyên vẹn, {number} điểm sai:", "The chain is BROKEN, {number} findings:"),
    "release_broken": ("Bản công bố KHÔNG nguyên vẹn, {number} điểm sai:", "The release is BROKEN, {number} findings:"),
    "unmatched": ("Tệp tự khớp bên trong, nhưng đối chiếu thì sai, {number} điểm:",
                  "The file fits itself but not what it is held against, {number} findings:"),
    "more": ("… và {number} điểm sai nữa", "… and {number} more"),
    "unreadable": ("Không đọc được {file}: {why}", "Cannot read {file}: {why}"),
    "no_file": ("không mở được tệp", "the file cannot be opened"),
    "not_ours": ("không phải nhật ký hay bản công bố của tiendo, hoặc tệp bị cắt giữa chừng",
                 "not a log or release of tiendo, or cut off in the middle"),
    "not_a_log": ("tệp này không phải nhật ký", "this file is not a log"),
    "not_a_release": ("tệp này không phải bản công bố", "this file is not a release"),
    # what is wrong
    "header": ("Phần đầu tệp đã bị sửa", "The header was changed"),
    "header_count": ("Phần đầu tệp đã bị sửa: ghi {said} mục, đúng ra là {found} mục",
                     "The header was changed: it says {said} entries, rightly {found}"),
    "line": ("Mục {entry} (dòng {line}) đã bị sửa, không còn đọc được",
             "Entry {entry} (line {line}) was changed and can no longer be read"),
    "cut_line": ("Tệp bị cắt giữa dòng {line}", "The file is cut off in the middle of line {line}"),
    "changed": ("Mục {entry} đã bị sửa: nội dung không khớp mã băm",
                "Entry {entry} was changed: it does not fit its hash"),
    "rewritten": ("Mục {entry} đã bị thay cùng với mã băm, hoặc mục {following} bị nối lại: hai mục không còn nối nhau",
                  "Entry {entry} was replaced with its hash, or entry {following} linked anew: they do not join"),
    "rewritten_first": ("Mục {entry} đứng đầu đã bị thay: nó không nối với điểm bắt đầu của chuỗi",
                        "Entry {entry}, the first, was replaced: it does not join the start of the chain"),
    "rewritten_last": ("Mục {entry} đứng cuối đã bị thay, hoặc mã chốt của tệp đã bị sửa: hai bên không khớp",
                       "Entry {entry}, the last, was replaced, or the closing hash was changed: they do not fit"),
    "removed": ("Mục {entry} đã bị xóa", "Entry {entry} was removed"),
    "removed_span": ("Các mục {entry} đến {last} đã bị xóa", "Entries {entry} to {last} were removed"),
    "removed_between": ("Giữa mục {entry} và mục {following} có mục đã bị xóa",
                        "Entries between {entry} and {following} were removed"),
    "removed_or_replaced": ("Giữa mục {entry} và mục {following} có mục đã bị xóa hoặc bị thay",
                            "Between entries {entry} and {following} something was removed or replaced"),
    "removed_first": ("Có mục đứng trước mục {entry} đã bị xóa, hoặc phần đầu tệp đã bị sửa",
                      "Entries before {entry} were removed, or the header was changed"),
    "reordered": ("Mục {entry} đã bị đổi chỗ", "Entry {entry} was moved out of its place"),
    "added": ("Mục {entry} là mục thêm vào, không thuộc chuỗi", "Entry {entry} was added; it is not of the chain"),
    "cut": ("Bị cắt phần cuối: thiếu từ mục {entry} đến mục {last}",
            "The end is cut off: entries {entry} to {last} are missing"),
    "cut_after": ("Bị cắt phần cuối: sau mục {entry} còn thiếu mục",
                  "The end is cut off: entries after {entry} are missing"),
    "cut_all": ("Bị cắt hết: không còn mục nào", "All is cut off: no entry is left"),
    "head": ("Không mục nào mang mã đã in {head}: tệp đã bị viết lại, bị cắt trước mục ấy, hoặc không phải tệp đó",
             "No entry carries the printed hash {head}: rewritten, cut off before it, or another file"),
    "not_seal": ("Mã đã in {head} không phải mã niêm phong; nếu là đầu chuỗi, hãy kiểm tra cùng nhật ký (--log)",
                 "The printed {head} is not the seal of this file; if it is a log's head, give the log too (--log)"),
    "unconfirmed": ("Nhật ký không có sự kiện duyệt bản công bố mang mã niêm phong {seal}",
                    "The log holds no approval of a release with the seal {seal}"),
    "foreign_head": ("Đầu chuỗi ghi trong bản công bố ({head}) không có trong nhật ký",
                     "The head named in the release ({head}) is not in the log"),
    # what is worth knowing
    "since": ("Nhật ký bắt đầu từ mục {entry}, không phải từ mục 1", "The log begins at entry {entry}, not at 1"),
    "head_found": ("Mã đã in là của mục {entry}; sau đó có thêm {later} mục",
                   "The printed hash is that of entry {entry}; {later} entries follow"),
    "head_is_seal": ("Mã đã in là mã niêm phong của bản công bố", "The printed hash is the seal of the release"),
    "head_is_log_head": ("Mã đã in là đầu chuỗi nhật ký ghi trong bản công bố",
                         "The printed hash is the log head named in the release"),
    "confirmed": ("Nhật ký có sự kiện duyệt bản công bố này: mục {entry}", "The log holds its approval: entry {entry}"),
}
# fmt: on


class Unreadable(Exception):
    """The file is not one we can judge; the argument is a key of TEXT."""


class Inexact:
    """Stands for a float, NaN or a key written twice: nothing tiendo writes, so nothing that can fit a hash."""

    def __init__(self, text: str = "") -> None:
        self.text = text


@dataclass
class Finding:
    """One sentence about a file. `kind`: changed, removed, reordered, truncated, added, head, unconfirmed or note."""

    kind: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, language: int) -> str:
        return TEXT[self.key][language].format(**{name: shown(value) for name, value in self.values.items()})


@dataclass
class Report:
    """What was found in one file."""

    file: str
    kind: str
    count: int = 0
    head: str = ""
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    hashes: dict[str, int] = field(default_factory=dict)  # of a log: hash -> number of the event
    approvals: dict[str, int] = field(default_factory=dict)  # of a log: seal -> number of the approving event
    log_head: str = ""  # of a release

    def problem(self, kind: str, key: str, **values: Any) -> None:
        self.problems.append(Finding(kind, key, values))

    def note(self, key: str, **values: Any) -> None:
        self.notes.append(Finding("note", key, values))


# --- the rules ---------------------------------------------------------------------------------------------------


def hash_of(value: Any) -> str:
    """SHA-256 of the canonical text; an empty text, which fits nothing, where there is no canonical text."""
    try:
        text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()
    except (TypeError, ValueError, RecursionError):
        return ""


def event_hash(event: dict[str, Any]) -> str:
    """What the hash of an event must be."""
    return hash_of({name: event[name] for name in ("act", "actor", "at", "detail", "prev", "seq", "subject")})


def record_digest(record: dict[str, Any]) -> str:
    """What the digest of a record must be."""
    return hash_of({name: record[name] for name in ("id", "prev", "data")})


def same_hash(stated: str, found: str) -> bool:
    """Whether a stated hash is the one found; an empty one fits nothing, not even another empty one."""
    return found != "" and stated == found


def parse(text: str) -> Any:
    """JSON, with a mark on everything tiendo never writes. Raises ValueError or RecursionError."""
    return json.loads(text, parse_float=Inexact, parse_constant=Inexact, object_pairs_hook=_pairs)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        found["\0twice"] = Inexact()
    return found


def has_form(value: Any, form: dict[str, Any]) -> bool:
    """Exactly these keys with values of these types. A key more would be a word that no hash covers."""
    if not isinstance(value, dict) or set(value) != set(form):
        return False
    return all(kind is object or type(value[name]) is kind for name, kind in form.items())


def misplaced(positions: list[int]) -> list[int]:
    """The fewest indices whose removal leaves the positions ascending (all but a longest ascending run)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, position in enumerate(positions):
        length = bisect_left(tops, position)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1], ends[length : length + 1] = [position], [index]
    kept, index = set(), ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return [index for index in range(len(positions)) if index not in kept]


# --- a log -------------------------------------------------------------------------------------------------------


def check_log(file: str, text: str) -> Report:
    """Check an exported log."""
    report = Report(file, "log")
    first_line, _, rest = text.partition("\n")
    header = _log_header(report, parse(first_line))
    events = _read_events(report, rest, header.get("first_seq", 1))
    report.count = len(events)
    chain = _in_order(report, events)
    _check_numbers(report, chain, header)
    _check_links(report, chain, header)
    if chain:
        report.head = chain[-1]["hash"]
    if header and not report.problems and header["count"] != len(chain):
        report.problem("changed", "header_count", said=header["count"], found=len(chain))
    if chain and header.get("first_seq") == chain[0]["seq"] > 1:
        report.note("since", entry=chain[0]["seq"])
        report.hashes.setdefault(chain[0]["prev"], chain[0]["seq"] - 1)
    return report


def _log_header(report: Report, header: Any) -> dict[str, Any]:
    """The header, or an empty one when it cannot be used."""
    fits = has_form(header, LOG_HEADER) and header["first_seq"] >= 1
    if not fits or (header["first_seq"] == 1 and header["prev"] != GENESIS):
        report.problem("changed", "header")
    return dict(header) if fits else {}


def _read_events(report: Report, text: str, first_seq: int) -> list[dict[str, Any]]:
    """The events in the order of the file, each marked with whether it fits its own hash."""
    events: list[dict[str, Any]] = []
    lines = text.split("\n")
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        try:
            found = parse(line)
        except (ValueError, RecursionError):
            if number == len(lines) + 1:  # the last line, and no line end after it
                report.problem("truncated", "cut_line", line=number)
                continue
            found = None
        likely = events[-1]["seq"] + 1 if events else first_seq
        events.append(_event(report, found, number, likely))
    return events


def _event(report: Report, found: Any, line: int, likely: int) -> dict[str, Any]:
    """One event; where a line is beyond reading, a stand-in with the number it most likely had."""
    if has_form(found, EVENT):
        fits = same_hash(found["hash"], event_hash(found))
        if not fits:
            report.problem("changed", "changed", entry=found["seq"], line=line)
        return {**found, "fits": fits}
    named = isinstance(found, dict) and type(found.get("seq")) is int
    seq = found["seq"] if named else likely
    report.problem("changed", "changed" if named else "line", entry=seq, line=line)
    return {"seq": seq, "prev": "", "hash": "", "act": "", "detail": {}, "fits": False}


def _in_order(report: Report, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events by number, each number once; those out of place and those that come twice are named."""
    seen: dict[int, dict[str, Any]] = {}
    for event in events:
        if event["seq"] in seen:
            report.problem("added", "added", entry=event["seq"])
        # Of two with one number, the one that fits its hash is the better witness.
        if event["seq"] not in seen or (event["fits"] and not seen[event["seq"]]["fits"]):
            seen[event["seq"]] = event
    once = list(seen)
    for index in misplaced(once):
        report.problem("reordered", "reordered", entry=once[index])
    return [seen[seq] for seq in sorted(seen)]


def _check_numbers(report: Report, chain: list[dict[str, Any]], header: dict[str, Any]) -> None:
    """Holes in the numbers are removals; numbers missing at the end are a cut."""
    expected = header.get("first_seq", 1)
    for event in chain:
        if event["seq"] > expected:
            key = "removed" if event["seq"] == expected + 1 else "removed_span"
            report.problem("removed", key, entry=expected, last=event["seq"] - 1)
        expected = event["seq"] + 1
    if not header:
        return
    closed = bool(chain) and chain[-1]["hash"] == header["head"]
    if expected <= header["last_seq"] and not closed:
        report.problem("truncated", "cut", entry=expected, last=header["last_seq"])
    elif expected - 1 != header["last_seq"] or (chain and chain[0]["seq"] < header["first_seq"]):
        report.problem("changed", "header")


def _check_links(report: Report, chain: list[dict[str, Any]], header: dict[str, Any]) -> None:
    """Each event that fits its hash must join the one before; one that does not is named already."""
    for event in chain:
        if event["fits"]:
            report.hashes[event["hash"]] = event["seq"]
            if event["act"] in APPROVALS and isinstance(event["detail"].get("seal"), str):
                report.approvals[event["detail"]["seal"]] = event["seq"]
    for one, following in pairwise(chain):
        neighbours = following["seq"] == one["seq"] + 1
        if neighbours and one["fits"] and following["fits"] and following["prev"] != one["hash"]:
            report.problem("changed", "rewritten", entry=one["seq"], following=following["seq"])
    if not chain:
        return
    first, last = chain[0], chain[-1]
    start = GENESIS if first["seq"] == 1 else header.get("prev")
    if first["fits"] and first["seq"] == header.get("first_seq", 1) and first["prev"] != start:
        report.problem("changed", "rewritten_first", entry=first["seq"])
    if last["fits"] and last["seq"] == header.get("last_seq") and last["hash"] != header["head"]:
        report.problem("changed", "rewritten_last", entry=last["seq"])


# --- a release ---------------------------------------------------------------------------------------------------


def check_release(file: str, release: dict[str, Any]) -> Report:
    """Check a sealed release."""
    report = Report(file, "release")
    if not has_form(release, RELEASE_FORM):
        report.problem("changed", "header")
        return report
    report.count, report.head = len(release["records"]), release["seal"]
    log_head = release["header"].get("log_head")
    report.log_head = log_head if isinstance(log_head, str) else ""
    records = [_record(report, found, number) for number, found in enumerate(release["records"], start=1)]
    count, start = _count_and_start(report, release, records)
    if not start:
        report.problem("changed", "header")
    records = _without_added(report, records, len(records) - count, release["seal"])
    chain = _linked(records, start)
    place = {record["number"]: position for position, record in enumerate(chain)}
    for index in misplaced([place[record["number"]] for record in records]):
        report.problem("reordered", "reordered", entry=records[index]["id"])
    _check_joints(report, chain, start, missing=count - len(records))
    _check_end(report, chain, start, release["seal"], missing=count - len(records))
    return report


def _record(report: Report, found: Any, number: int) -> dict[str, Any]:
    """One record, marked with its place in the file and whether it fits its own digest."""
    fits = has_form(found, RECORD) and same_hash(found["digest"], record_digest(found))
    known = found if isinstance(found, dict) else {}
    record = {name: known[name] if type(known.get(name)) is str else "" for name in ("id", "digest", "prev")}
    record["id"] = record["id"] or str(number)
    if not fits:
        report.problem("changed", "changed", entry=record["id"])
    return {**record, "fits": fits, "number": number}


def _count_and_start(report: Report, release: dict[str, Any], records: list[dict[str, Any]]) -> tuple[int, str]:
    """The count the release was sealed with and the digest of its header.

    The header's digest holds the count, so a count changed afterwards is found by trying the others.
    """

    def start_with(count: int) -> str:
        return hash_of({"schema": release["schema"], "header": release["header"], "count": count})

    stated = release["count"]
    joints = {record["prev"] for record in records} | {release["seal"]}
    if start_with(stated) not in joints:
        for count in range(2 * len(records) + 100):
            if start_with(count) in joints:
                report.problem("changed", "header_count", said=stated, found=count)
                return count, start_with(count)
    return stated, start_with(stated)


def _without_added(report: Report, records: list[dict[str, Any]], extra: int, seal: str) -> list[dict[str, Any]]:
    """With more records than were sealed: take out copies and those that nothing follows."""
    if extra <= 0:
        return records
    followed = {record["prev"] for record in records} | {seal}
    kept: dict[str, dict[str, Any]] = {}
    for record in records:
        if record["digest"] in kept or record["digest"] not in followed:
            report.problem("added", "added", entry=record["id"])
        else:
            kept[record["digest"]] = record
    return list(kept.values())


def _linked(records: list[dict[str, Any]], start: str) -> list[dict[str, Any]]:
    """The records in the order of their links: pieces that hang together, the one that joins the header first."""
    followers = {record["prev"]: record for record in reversed(records)}
    digests = {record["digest"] for record in records}
    firsts = [record for record in records if record["prev"] == start]
    firsts += [record for record in records if record["prev"] not in digests and record["prev"] != start]
    chain: dict[int, dict[str, Any]] = {}
    for first in [*firsts, *records]:
        record: dict[str, Any] | None = first
        while record is not None and record["number"] not in chain:
            chain[record["number"]] = record
            record = followers.get(record["digest"])
    return list(chain.values())


def _check_joints(report: Report, chain: list[dict[str, Any]], start: str, *, missing: int) -> None:
    """Where links are torn: something removed when records are missing, something replaced when none is."""
    joined = bool(chain) and chain[0]["prev"] == start
    if chain and not joined and missing > 0:
        report.problem("removed", "removed_first", entry=chain[0]["id"])
    elif chain and not joined and chain[0]["fits"]:
        report.problem("changed", "header")
    for one, following in pairwise(chain):
        named = missing <= 0 and not (one["fits"] and following["fits"])
        if following["prev"] == one["digest"] or named:
            continue
        kind, key = ("removed", "removed_between") if missing > 0 else ("changed", "rewritten")
        if not joined:  # the header cannot be trusted, nor its count
            kind, key = "removed", "removed_or_replaced"
        report.problem(kind, key, entry=one["id"], following=following["id"])


def _check_end(report: Report, chain: list[dict[str, Any]], start: str, seal: str, *, missing: int) -> None:
    """The last digest must be the seal."""
    if not chain:
        if missing > 0:
            report.problem("truncated", "cut_all")
        elif start != seal:
            report.problem("changed", "header")
        return
    last = chain[-1]
    if last["digest"] != seal and missing > 0:
        report.problem("truncated", "cut_after", entry=last["id"])
    elif last["digest"] != seal and last["fits"]:
        report.problem("changed", "rewritten_last", entry=last["id"])


def pairwise(chain: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each entry with the one after it (itertools has this only in newer Pythons)."""
    return zip(chain, chain[1:])  # noqa: B905, RUF007


# --- what is printed on paper, and one file against the other -----------------------------------------------------


def check_head(report: Report, head: str) -> None:
    """The hash somebody has on paper must be in the file."""
    if report.kind == "release":
        if head in (report.head, report.log_head):
            report.note("head_is_seal" if head == report.head else "head_is_log_head")
        else:
            report.problem("head", "not_seal", head=head)
    elif head in report.hashes:
        entry = report.hashes[head]
        report.note("head_found", entry=entry, later=max(report.hashes.values()) - entry)
    else:
        report.problem("head", "head", head=head)


def check_together(log: Report, release: Report) -> None:
    """The log must hold the approval of the release, and the head that the release names."""
    if release.head in log.approvals:
        release.note("confirmed", entry=log.approvals[release.head])
    else:
        release.problem("unconfirmed", "unconfirmed", seal=release.head)
    if release.log_head not in ("", GENESIS) and release.log_head not in log.hashes:
        release.problem("head", "foreign_head", head=release.log_head)


# --- the program -------------------------------------------------------------------------------------------------


def check(file: str) -> Report:
    """Check one file, whichever it is. Raises Unreadable."""
    try:
        text = Path(file).read_bytes().decode("utf-8-sig")
    except OSError:
        raise Unreadable("no_file") from None
    except UnicodeDecodeError:
        raise Unreadable("not_ours") from None
    if _schema(text.partition("\n")[0]) == LOG:
        return check_log(file, text)
    if _schema(text) == RELEASE:
        return check_release(file, parse(text))
    raise Unreadable("not_ours")


def _schema(text: str) -> Any:
    try:
        value = parse(text)
    except (ValueError, RecursionError):
        return None
    return value.get("schema") if isinstance(value, dict) else None


def shown(value: Any) -> str:
    """A value from the file made safe for a terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value))


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tiendo-verify", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", nargs="?", help="nhật ký (JSON Lines) hoặc bản công bố (JSON) / a log or a release")
    parser.add_argument("--log", help="nhật ký / a log")
    parser.add_argument("--release", help="bản công bố / a release")
    parser.add_argument("--head", type=lambda text: text.strip().lower(), help="mã đã in trên giấy / the printed hash")
    parser.add_argument("--english", action="store_true", help="trả lời bằng tiếng Anh / answer in English")
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON / answer in JSON")
    options = parser.parse_args(arguments)
    if not (options.file or options.log or options.release):
        parser.error("chưa chọn tệp nào / no file given")
    return options


def reports_for(options: argparse.Namespace) -> tuple[list[Report], tuple[str, str] | None]:
    """The reports on all files named, and the first file that cannot be read with the reason."""
    reports: list[Report] = []
    wanted = ((options.file, ""), (options.log, "log"), (options.release, "release"))
    for file, kind in wanted:
        if not file:
            continue
        try:
            report = check(file)
            if kind and report.kind != kind:
                raise Unreadable(f"not_a_{kind}")
        except Unreadable as error:
            return reports, (file, str(error))
        reports.append(report)
    if options.head:
        logs = [report for report in reports if report.kind == "log"]
        check_head((logs or reports)[0], options.head)
    for log in (report for report in reports if report.kind == "log"):
        for release in (report for report in reports if report.kind == "release"):
            check_together(log, release)
    return reports, None


def print_report(report: Report, language: int) -> None:
    """The verdict in sentences."""
    if report.problems:
        outside = {problem.kind for problem in report.problems} <= {"head", "unconfirmed"}
        key = "unmatched" if outside else f"{report.kind}_broken"
        print(f"{report.file}: " + TEXT[key][language].format(number=len(report.problems)))
    else:
        whole = TEXT[f"{report.kind}_whole"][language]
        print(f"{report.file}: " + whole.format(count=report.count, head=shown(report.head)) + ".")
    for finding in [*report.problems[:MOST_PROBLEMS_PRINTED], *report.notes]:
        print(f"  - {finding.text(language)}.")
    if len(report.problems) > MOST_PROBLEMS_PRINTED:
        print("  " + TEXT["more"][language].format(number=len(report.problems) - MOST_PROBLEMS_PRINTED))


def as_json(reports: list[Report], language: int, unreadable: tuple[str, str] | None) -> str:
    """The verdict for a program."""
    files: list[dict[str, Any]] = [
        {
            "file": report.file,
            "kind": report.kind,
            "count": report.count,
            "head": report.head,
            "ok": not report.problems,
            "problems": [
                {"kind": found.kind, "entry": found.values.get("entry"), "line": found.values.get("line"),
                 "message": found.text(language)}
                for found in report.problems
            ],
            "notes": [found.text(language) for found in report.notes],
        }
        for report in reports
    ]  # fmt: skip
    if unreadable:
        files.append({"file": unreadable[0], "ok": False, "unreadable": TEXT[unreadable[1]][language]})
    return json.dumps({"ok": all(file["ok"] for file in files), "files": files}, ensure_ascii=False, indent=2)


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # consoles that know no Vietnamese
    options = read_arguments(arguments)
    language = 1 if options.english else 0
    reports, unreadable = reports_for(options)
    if options.json:
        print(as_json(reports, language, unreadable))
    else:
        for report in reports:
            print_report(report, language)
        if unreadable:
            words = TEXT["unreadable"][language].format(file=unreadable[0], why=TEXT[unreadable[1]][language])
            print(words, file=sys.stderr)
    if unreadable:
        return 2
    return 1 if any(report.problems for report in reports) else 0


if __name__ == "__main__":
    sys.exit(main())
