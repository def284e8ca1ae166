#!/usr/bin/env python3
"""Kiểm tra báo cáo, nhật ký, bản công bố do tiendo lập. / Check a report, a log or a release made by tiendo.

One file on the Python standard library alone, so that anybody can read it, carry it away and run it without the
system it checks. It shares no code with tiendo: the rules are written here a second time.

    python3 tiendo_verify.py bao-cao.docx --log nhat-ky.jsonl
                                                            a report, and that the log holds its issuing
    python3 tiendo_verify.py bao-cao.docx --site https://…  a report, and whether its data have moved since
    python3 tiendo_verify.py bao-cao.docx --figure total    which records a figure was counted from
    python3 tiendo_verify.py da-ky.pdf --original bao-cao.pdf
                                                            a signed PDF against the PDF that was issued
    python3 tiendo_verify.py nhat-ky.jsonl --head 3f9a…     the log, against the head printed on paper
    python3 tiendo_verify.py cong-bo.json                   a release
    python3 tiendo_verify.py --log nhat-ky.jsonl --release cong-bo.json
                                                            and that the log holds the release's approval

The rules. Canonical text of a JSON value: keys sorted, no spaces, letters as they are, UTF-8, no floats. Hash: SHA-256
of it, in hexadecimal.
  Log (JSON Lines): a header, then events. hash = H{act, actor, at, detail, prev, seq, subject}; prev is the hash of
  the event before, 64 zeros for event 1.
  Report: a manifest travels in the Word file (customXml) and is attached to the PDF: which report, every figure with
    its records, every paragraph and cell. The seal is the hash of the manifest and stands in the log. Texts are
    compared composed (NFC), with single spaces; room left for the clerk's number and days may be filled.
  Release: records {id, digest, prev, data}; digest = H{id, prev, data}; prev of the first = H{schema, header, count};
  the seal is the last digest.

What it can say. A change leaves a hash that does not fit. A removal leaves a hole in the numbers or a prev that points
at nothing. A move leaves all links and breaks their order. A cut leaves fewer entries than the header names. Somebody
who rewrites everything from one entry on, and the header with it, makes a chain that fits: only a head or seal printed
beforehand (--head) shows that. So with a report: who edits text and manifest alike makes a file that fits itself;
the log, the site or the seal noted beforehand shows it. The pages of a PDF are held only against the bytes issued
(--log, --site, --original), never against the manifest alone; what a signature adds behind them is for a program that
reads signatures.

Exit codes: 0 whole, 1 broken, 2 not readable or not answering. A report whose data have moved since it was issued is
whole: that is said on a line of its own, and the code stays 0.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import http.client
import io
import json
import re
import struct
import sys
import unicodedata
import urllib.error
import urllib.request
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

LOG, RELEASE = "tiendo.log/1", "tiendo.release/1"
REPORT, VERIFICATION = "tiendo.manifest/1", "tiendo.verification/1"
ENCLOSURE = "urn:tiendo:manifest:1"
ISSUING = "reporting.report.issue"
GENESIS = "0" * 64
APPROVALS = ("publication.release.approve", "publication.release.correct")
LOG_HEADER = {"schema": str, "count": int, "first_seq": int, "last_seq": int, "prev": str, "head": str}
EVENT = {"seq": int, "at": str, "actor": str, "act": str, "subject": str, "detail": dict, "prev": str, "hash": str}
RELEASE_FORM = {"schema": str, "header": dict, "count": int, "records": list, "seal": str}
RECORD = {"id": str, "digest": str, "prev": str, "data": object}
MANIFEST = {
    "schema": str, "report": dict, "figures": list, "records": list, "places": list, "columns": list, "top": list,
    "foot": list,
}  # fmt: skip
PARAGRAPH_PLACE = {"in": str, "paragraph": int, "text": str}
ROW_PLACE = {"in": str, "table": int, "row": int, "cells": list}
FIGURE = {
    "key": str, "label": str, "value": object, "measure": str, "tasks": list, "units": list, "records": list,
}  # fmt: skip
RECORD_WORDS = ("task", "unit", "period", "number", "sent_at", "sent_by", "accepted_at", "accepted_by")
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
ROOM = "\ufffc"  # in a manifest: room left for the clerk's number or day
BETWEEN = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "-", "sym": "\N{REPLACEMENT CHARACTER}"}
FOREIGN = {
    "drawing": "drawing", "pict": "drawing", "object": "drawing", "fldSimple": "field", "instrText": "field",
    "dataBinding": "binding", "altChunk": "chunk", "subDoc": "chunk",
    "http://schemas.openxmlformats.org/markup-compatibility/2006 AlternateContent": "drawing",
    "http://schemas.openxmlformats.org/officeDocument/2006/math oMath": "drawing",
}  # fmt: skip
MOST_PARTS, MOST_BYTES, DEEPEST = 2000, 256 * 1024 * 1024, 200
MOST_FILE = 128 * 1024 * 1024
MOST_COMPARED, MOST_REVISIONS = 4_000_000, 50
SITE_SECONDS, MOST_ANSWER = 15, 100_000
MOST_PROBLEMS_PRINTED = 50

# fmt: off
# key: (Vietnamese, English)
TEXT = {
    "log_whole": ("Chuỗi nguyên vẹn: {count} mục, đầu chuỗi {head}",
                  "The chain is whole: {count} entries, head {head}"),
    "release_whole": ("Bản công bố nguyên vẹn: {count} mục, mã niêm phong {head}",
                      "The release is whole: {count} entries, seal {head}"),
    "report_whole": ("Báo cáo nguyên vẹn: {count} đoạn và dòng, mã niêm phong {head}",
                     "The report is whole: {count} paragraphs and rows, seal {head}"),
    "pdf_whole": ("Bản kê trong tệp PDF nguyên vẹn, mã niêm phong {head}",
                  "The manifest in the PDF is whole, seal {head}"),
    "log_broken": ("Chuỗi KHÔNG nguyên vẹn, {number} điểm sai:", "The chain is BROKEN, {number} findings:"),
    "release_broken": ("Bản công bố KHÔNG nguyên vẹn, {number} điểm sai:", "The release is BROKEN, {number} findings:"),
    "report_broken": ("Báo cáo KHÔNG còn như lúc phát hành, {number} điểm sai:",
                      "The report is NOT as it was issued, {number} findings:"),
    "unmatched": ("Tệp tự khớp bên trong, nhưng đối chiếu thì sai, {number} điểm:",
                  "The file fits itself but not what it is held against, {number} findings:"),
    "more": ("… và {number} điểm sai nữa", "… and {number} more"),
    "unreadable": ("Không đọc được {file}: {why}", "Cannot read {file}: {why}"),
    "no_file": ("không mở được tệp", "the file cannot be opened"),
    "not_ours": ("không phải báo cáo, nhật ký hay bản công bố của tiendo, hoặc tệp bị cắt giữa chừng",
                 "not a report, log or release of tiendo, or cut off in the middle"),
    "not_word": ("không phải tệp Word đọc được, hoặc tệp đã hỏng", "not a readable Word file, or a damaged one"),
    "odd_zip": ("tệp Word có cấu tạo bất thường (quá nhiều phần, hoặc hai phần cùng tên)",
                "the Word file is made oddly (too many parts, or two of one name)"),
    "odd_manifest": ("bản kê trong tệp bị hỏng hoặc có hai bản kê", "its manifest is damaged, or there are two"),
    "too_large": ("tệp quá lớn", "the file is too large"),
    "entities": ("tệp Word khai báo thực thể XML, việc mà báo cáo không bao giờ làm",
                 "the Word file declares XML entities, which a report never does"),
    "no_manifest": ("tệp không mang bản kê của tiendo, hoặc bản kê đã bị gỡ bỏ",
                    "the file carries no manifest of tiendo, or it was taken out"),
    "no_code": ("báo cáo không mang mã kiểm tra", "the report carries no code to ask by"),
    "no_site": ("không hỏi được trang xác minh", "the verification page does not answer"),
    "not_a_report": ("tệp này không phải báo cáo", "this file is not a report"),
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
    "place_edited": ("{where}: ghi “{said}”, lúc phát hành “{issued}”", "{where}: says “{said}”, issued as “{issued}”"),
    "place_edited_figure": ("{where}: ghi “{said}”, lúc phát hành “{issued}” (đoạn có số liệu {figures})",
                            "{where}: says “{said}”, issued as “{issued}” (it holds the figures {figures})"),
    "place_removed": ("{where}: đã bị xóa, lúc phát hành ghi “{said}”", "{where}: taken out, was “{said}”"),
    "place_added": ("Thêm vào sau {where}: “{said}”", "Added after {where}: “{said}”"),
    "at_paragraph": ("đoạn {number}", "paragraph {number}"),
    "at_row": ("bảng {table}, dòng {row}", "table {table}, row {row}"),
    "at_heading": ("bảng {table}, dòng tiêu đề", "table {table}, heading"),
    "at_column": ("cột {column}", "column {column}"),
    "edge_top": ("Đầu trang có dòng không thuộc báo cáo: “{said}”",
                 "A line in a header is not of the report: “{said}”"),
    "edge_foot": ("Chân trang có dòng không thuộc báo cáo: “{said}”",
                  "A line in a footer is not of the report: “{said}”"),
    "edge_missing": ("Chân trang thiếu hoặc sai thứ tự các dòng: “{said}”", "Lines of a footer are missing: “{said}”"),
    "foreign": ("Có thành phần thêm vào mà báo cáo không bao giờ có: {what}",
                "Something no report holds was added: {what}"),
    "manifest_changed": ("Bản kê trong tệp đã bị sửa: mã niêm phong ghi {stated}, tính lại {found}",
                         "The manifest was changed: the seal says {stated}, worked out {found}"),
    "pdf_changed": ("Nội dung tệp PDF khác tệp đã phát hành", "The PDF is not the one that was issued"),
    "issue_unconfirmed": ("Nhật ký không có sự kiện phát hành báo cáo mang mã niêm phong {seal}",
                          "The log holds no issuing of a report with the seal {seal}"),
    "foreign_head_report": ("Đầu chuỗi ghi trong báo cáo ({head}) không có trong nhật ký",
                            "The head named in the report ({head}) is not in the log"),
    "not_seal_report": ("Mã đã in {head} không phải mã niêm phong, mã kiểm tra hay đầu chuỗi ghi trong báo cáo",
                        "The printed {head} is not the seal, the code or the log head of the report"),
    "site_unknown": ("Trang xác minh không biết mã kiểm tra {code}", "The site knows no report by the code {code}"),
    "site_seal": ("Báo cáo mang mã này được phát hành với mã niêm phong khác: {seal}",
                  "The report of this code was issued with another seal: {seal}"),
    # what is worth knowing
    "head_is_code": ("Mã đã in là mã kiểm tra của báo cáo", "The printed code is that of the report"),
    "issue_confirmed": ("Nhật ký có sự kiện phát hành báo cáo này: mục {entry}, {actor}, {at}",
                        "The log holds its issuing: entry {entry}, {actor}, {at}"),
    "file_as_issued": ("Tệp giống hệt tệp đã phát hành, từng byte", "The file is the one issued, byte for byte"),
    "file_longer": ("Phần đầu là đúng tệp đã phát hành; sau đó có thêm {more} byte (chữ ký số ghi nối vào sau; "
                    "xem nội dung phần thêm ở trang chữ ký)",
                    "It begins with the file issued; {more} bytes follow (signatures are written so; what they hold is "
                    "for the page of signatures to say)"),
    "pdf_alone": ("Chưa đối chiếu nội dung trang PDF: cần --log, --site hoặc --original",
                  "The pages of the PDF were not compared: that takes --log, --site or --original"),
    "report_alone": ("Chưa đối chiếu mã niêm phong với bên ngoài tệp: cần --log, --site hoặc --head",
                     "The seal was not held against anything outside the file: that takes --log, --site or --head"),
    "site_confirmed": ("Trang xác minh có báo cáo này, phát hành lúc {at}", "The site knows this report, issued {at}"),
    "stale": ("SỐ LIỆU ĐÃ ĐỔI từ {at}: lập lại báo cáo lúc này sẽ ra số khác (báo cáo vẫn nguyên vẹn)",
              "STALE SINCE {at}: made anew now, some figure would differ (the report itself is whole)"),
    "current": ("Số liệu chưa đổi từ lúc phát hành (hỏi lúc {at})",
                "No figure has moved since it was issued (asked {at})"),
    "figure": ("{tasks} nhiệm vụ, {units} đơn vị, {number} bản ghi", "{tasks} tasks, {units} units, {number} records"),
    "no_value": ("chưa tính được", "not computable"),
    "no_amount": ("chưa có số liệu", "no data"),
    "no_figure": ("Báo cáo không có số liệu mang mã {key}", "The report has no figure with the key {key}"),
    "record": ("{task}: {unit}, {period}, lần {number}; {sent_by} gửi {sent_at}; {accepted_by} tiếp nhận {accepted_at}",
               "{task}: {unit}, {period}, no. {number}; sent by {sent_by} {sent_at}; accepted by {accepted_by} "
               "{accepted_at}"),
    "since": ("Nhật ký bắt đầu từ mục {entry}, không phải từ mục 1", "The log begins at entry {entry}, not at 1"),
    "head_found": ("Mã đã in là của mục {entry}; sau đó có thêm {later} mục",
                   "The printed hash is that of entry {entry}; {later} entries follow"),
    "head_is_seal": ("Mã đã in là mã niêm phong của bản công bố", "The printed hash is the seal of the release"),
    "head_is_log_head": ("Mã đã in là đầu chuỗi nhật ký ghi trong bản công bố",
                         "The printed hash is the log head named in the release"),
    "confirmed": ("Nhật ký có sự kiện duyệt bản công bố này: mục {entry}", "The log holds its approval: entry {entry}"),
}
# part of a report: (Vietnamese, English)
PARTS = {
    "head": ("Phần đầu", "Head"),
    "body": ("Nội dung", "Body"),
    "foot": ("Phần ký và nơi nhận", "Signature and recipients"),
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
        return TEXT[self.key][language].format(
            **{name: _worded(value, language) for name, value in self.values.items()}
        )


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
    log_head: str = ""  # of a release or a report
    issuings: dict[str, dict[str, Any]] = field(default_factory=dict)  # of a log: seal -> the issuing event
    manifest: dict[str, Any] = field(default_factory=dict)  # of a report
    bytes_hashes: dict[str, int] = field(default_factory=dict)  # of a report: hash of a beginning -> its length
    is_pdf: bool = False
    compared: bool = False  # whether the bytes were found to be those issued
    stale_since: str = ""

    def printed(self) -> dict[str, str]:
        """What a report lets people note down, and the words for each."""
        code = str(self.manifest.get("report", {}).get("code")).lower()
        return {code: "head_is_code", self.log_head: "head_is_log_head", self.head: "head_is_seal"}

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
            if event["act"] == ISSUING and isinstance(event["detail"].get("seal"), str):
                report.issuings[event["detail"]["seal"]] = event
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


# --- an issued report: Word file or PDF ----------------------------------------------------------------------------


def check_report_file(file: str, data: bytes) -> Report:
    """Check a report by what it carries about itself. Raises Unreadable."""
    return check_pdf(file, data) if data.startswith(b"%PDF") else check_docx(file, data)


def check_docx(file: str, data: bytes) -> Report:
    """Check a Word file: every paragraph and cell against the manifest inside it."""
    package = Package(data)
    stated, manifest = package.manifest()
    report = _report_of(file, stated, manifest)
    document = package.document()
    for name in sorted(document.foreign):
        report.problem("added", "foreign", what=name)
    figures = {figure.get("key") for figure in manifest["figures"] if isinstance(figure, dict)}
    _compare(report, _sealed_places(manifest), document.items, Names(manifest, figures))
    _check_edges(report, package.edges(), manifest)
    report.bytes_hashes = {hash_bytes(data): len(data)}
    return report


def check_pdf(file: str, data: bytes) -> Report:
    """Check a PDF: the manifest attached to it, and which of its beginnings are whole files."""
    stated, manifest = _attached(data)
    report = _report_of(file, stated, manifest)
    report.is_pdf = True
    report.bytes_hashes = _beginnings(data)
    return report


def _report_of(file: str, stated: str, manifest: dict[str, Any]) -> Report:
    report = Report(file, "report", manifest=manifest)
    report.count, report.head = len(manifest["places"]), hash_of(manifest)
    log_head = manifest["report"].get("log_head")
    report.log_head = log_head if isinstance(log_head, str) else ""
    if stated and not same_hash(stated, report.head):
        report.problem("changed", "manifest_changed", stated=stated, found=report.head or "–")
    return report


def hash_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_manifest(text: str) -> dict[str, Any]:
    """The manifest, or an empty dict when this is none."""
    try:
        found = parse(text)
    except (ValueError, RecursionError):
        return {}
    return found if has_form(found, MANIFEST) and found["schema"] == REPORT else {}


def even(text: str) -> str:
    """The text as it is compared: composed letters, single spaces, nothing invisible."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c for c in composed if unicodedata.category(c) != "Cf" and c != ROOM).split())


class Package:
    """The parts of a Word file, each read within bounds."""

    def __init__(self, data: bytes) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = [entry.filename for entry in self.archive.infolist()]
        except (zipfile.BadZipFile, ValueError, OverflowError, struct.error):
            raise Unreadable("not_word") from None
        # With one name twice, two programs may read two different documents.
        if len(self.names) > MOST_PARTS or len(set(self.names)) != len(self.names):
            raise Unreadable("odd_zip")
        self.left = MOST_BYTES
        self.main = self._target("_rels/.rels", "", "/officeDocument")
        if not self.main:
            raise Unreadable("not_word")

    def part(self, name: str) -> bytes:
        """One part. Raises Unreadable for one that is absent, damaged or swells beyond measure."""
        try:
            with self.archive.open(name) as stream:
                data = stream.read(self.left + 1)
        except (KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, OSError):
            raise Unreadable("not_word") from None
        self.left -= len(data)
        if self.left < 0:
            raise Unreadable("too_large")
        return data

    def _relations(self, rels: str, folder: str) -> list[tuple[str, str]]:
        """(kind, name of the part) of every relation inside the package."""
        if rels not in self.names:
            return []
        reader = RelationReader()
        read_xml(self.part(rels), reader)
        return [(kind, _joined(folder, target)) for kind, target in reader.found]

    def _target(self, rels: str, folder: str, kind: str) -> str:
        targets = [target for each, target in self._relations(rels, folder) if each.endswith(kind)]
        return targets[0] if len(targets) == 1 else ""

    def _of_document(self, *kinds: str) -> list[str]:
        folder, _, name = self.main.rpartition("/")
        rels = self._relations(f"{folder}/_rels/{name}.rels", folder)
        return [target for kind, target in rels if kind.endswith(kinds) and target in self.names]

    def manifest(self) -> tuple[str, dict[str, Any]]:
        """The seal stated beside the manifest, and the manifest. Raises Unreadable when there is none, or two."""
        found = []
        for name in self.names:
            if re.fullmatch(r"customXml/item\d+\.xml", name):
                reader = EnclosureReader()
                read_xml(self.part(name), reader)
                if reader.is_ours:
                    found.append((reader.seal, read_manifest("".join(reader.text))))
        if len(found) != 1 or not found[0][1]:
            raise Unreadable("no_manifest" if not found else "odd_manifest")
        return found[0]

    def document(self) -> WordReader:
        reader = WordReader()
        read_xml(self.part(self.main), reader)
        for name in self._of_document("/footnotes", "/endnotes"):
            notes = WordReader()
            read_xml(self.part(name), notes)
            reader.foreign |= {"footnote"} if any(item.text.strip() for item in notes.items) else set()
        return reader

    def edges(self) -> list[tuple[str, list[str]]]:
        """(“top” or “foot”, paragraphs) of every header and footer."""
        found = []
        for side, kind in (("top", "/header"), ("foot", "/footer")):
            for name in self._of_document(kind):
                reader = WordReader(in_body=False)
                read_xml(self.part(name), reader)
                lines = [item.text for item in reader.items] + [f"[{what}]" for what in sorted(reader.foreign)]
                found.append((side, lines))
        return found


def _joined(folder: str, target: str) -> str:
    """The name of a part from the target of a relation."""
    steps: list[str] = [] if target.startswith("/") else [step for step in folder.split("/") if step]
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def read_xml(data: bytes, reader: Any) -> None:
    """Feed XML to a reader (start, end, text). Documents that declare types or entities are refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text_found
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Unreadable("not_word") from None


def _refuse(*_: Any) -> None:
    raise Unreadable("entities")


class RelationReader:
    """Gathers (kind, target) of the relations inside a package."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def start(self, name: str, values: dict[str, str]) -> None:
        if name.endswith(" Relationship") and values.get("TargetMode") != "External":
            self.found.append((values.get("Type", ""), values.get("Target", "")))

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text_found(self, text: str) -> None:
        """Relations hold no text."""


class EnclosureReader:
    """Reads our custom XML part: the seal and the pieces of the manifest."""

    def __init__(self) -> None:
        self.is_ours, self.seal, self.depth = False, "", 0
        self.text: list[str] = []

    def start(self, name: str, values: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1 and name == f"{ENCLOSURE} manifest":
            self.is_ours, self.seal = True, values.get("seal", "-")

    def end(self, name: str) -> None:
        self.depth -= 1

    def text_found(self, text: str) -> None:
        if self.is_ours and self.depth == 2:
            self.text.append(text)


@dataclass
class Item:
    """A paragraph (one cell) or a row of a table as a reader sees it; `figures` are the keys bound inside it."""

    cells: tuple[str, ...]
    is_row: bool
    figures: list[str] = field(default_factory=list)
    place: dict[str, Any] = field(default_factory=dict)  # where it stood when it was issued

    @property
    def text(self) -> str:
        return " ".join(self.cells)

    @property
    def key(self) -> tuple[bool, tuple[str, ...]]:
        return self.is_row, self.cells


class WordReader:
    """Reads WordprocessingML: what the pages show, paragraph by paragraph and row by row.

    Text struck out by change tracking and hidden text is not shown; text inserted by it is. `foreign` names what a
    report of tiendo never holds and a reader of text cannot judge: drawings, text boxes, fields, bound controls.
    """

    def __init__(self, *, in_body: bool = True) -> None:
        self.items: list[Item] = []
        self.foreign: set[str] = set()
        self.in_body = in_body
        self.stack: list[str] = []
        self.words: list[str] = []
        self.figures: list[str] = []
        self.row: list[str] | None = None
        self.tables = self.skipped = 0
        self.hidden = False

    def start(self, name: str, values: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        known = local if space in WORD else f"{space} {local}"
        self.stack.append(known)
        if len(self.stack) > DEEPEST:
            raise Unreadable("not_word")
        if self.skipped or known in ("moveFrom", "del"):
            self.skipped += 1
            return
        what = FOREIGN.get(known, "")
        if what and (self.in_body or what != "field"):  # the page number above a page is a field
            self.foreign.add(what)
            if what == "drawing":
                self.skipped += 1
                return
        self._opened(known, {key.rpartition(" ")[2]: value for key, value in values.items()})

    def _opened(self, name: str, values: dict[str, str]) -> None:
        if name == "tbl":
            self.tables += 1
        elif name == "tr" and self.tables == 1:
            self.row, self.figures = [], []
        elif name == "tc" and self.tables == 1:
            self.words = []
        elif name == "p" and not self.tables:
            self.words, self.figures = [], []
        elif name == "r":
            self.hidden = False
        elif name == "vanish" and self.stack[-3:-1] == ["r", "rPr"]:
            self.hidden = values.get("val", "1") not in ("0", "false", "off")
        elif name in BETWEEN:
            self.words.append(BETWEEN[name])
        elif name == "tag" and self.stack[-2:-1] == ["sdtPr"]:
            self.figures.append(values.get("val", ""))

    def text_found(self, text: str) -> None:
        if self.stack and self.stack[-1] == "t" and not (self.skipped or self.hidden):
            self.words.append(text)

    def end(self, name: str) -> None:
        local = self.stack.pop()
        if self.skipped:
            self.skipped -= 1
        elif local == "p" and self.tables:
            self.words.append(" ")
        elif local == "p":
            self._add((even("".join(self.words)),), is_row=False)
        elif local == "tc" and self.tables == 1 and self.row is not None:
            self.row.append(even("".join(self.words)))
        elif local == "tr" and self.tables == 1 and self.row is not None:
            self._add(tuple(self.row), is_row=True)
            self.row = None
        elif local == "tbl":
            self.tables -= 1

    def _add(self, cells: tuple[str, ...], *, is_row: bool) -> None:
        if any(cells):
            self.items.append(Item(cells, is_row, self.figures))


def _sealed_places(manifest: dict[str, Any]) -> list[Item]:
    """The places of the manifest as items. Raises Unreadable for one of another form."""
    found = []
    for place in manifest["places"]:
        if has_form(place, PARAGRAPH_PLACE):
            found.append(Item((place["text"],), False, place=place))
        elif has_form(place, ROW_PLACE) and all(isinstance(text, str) for text in place["cells"]):
            found.append(Item(tuple(place["cells"]), True, place=place))
        else:
            raise Unreadable("odd_manifest")
    return found


class Names:
    """How places are called in a sentence."""

    def __init__(self, manifest: dict[str, Any], figures: set[Any]) -> None:
        self.figures = figures
        self.titles: dict[tuple[Any, Any], list[Any]] = {
            (each.get("in"), each.get("table")): each.get("titles") or []
            for each in manifest["columns"]
            if isinstance(each, dict) and isinstance(each.get("in"), str) and isinstance(each.get("table"), int)
        }

    def of(self, item: Item, column: int | None = None) -> Where:
        place = item.place
        if not item.is_row:
            return Where(place["in"], paragraph=place["paragraph"])
        titles = self.titles.get((place["in"], place["table"]), [])
        title = titles[column] if column is not None and column < len(titles) == len(item.cells) else ""
        return Where(
            place["in"], table=place["table"], row=place["row"], first=item.cells[0], column=column, title=title
        )


@dataclass
class Where:
    """A place: a paragraph, a row or a cell."""

    part: str
    paragraph: int = 0
    table: int = 0
    row: int = 0
    first: str = ""
    column: int | None = None
    title: Any = ""

    def text(self, language: int) -> str:
        part = PARTS[self.part][language] if self.part in PARTS else self.part
        if self.paragraph:
            return f"{part}, " + TEXT["at_paragraph"][language].format(number=self.paragraph)
        if self.part in ("head", "foot"):
            return part
        row = TEXT["at_row" if self.row else "at_heading"][language].format(table=self.table, row=self.row)
        row += f" (“{self.first}”)" if self.row and 0 < len(self.first) <= 12 else ""
        if self.column is None:
            return f"{part}, {row}"
        column = TEXT["at_column"][language].format(column=self.column + 1)
        return f"{part}, {row}, {column}" + (f" “{self.title}”" if self.title else "")


def _compare(report: Report, sealed: list[Item], found: list[Item], names: Names) -> None:
    """Name every place that was edited, taken out or added."""
    filled = _filled(sealed, found)
    first, last = _same_ends(sealed, filled)
    before, after = sealed[first : len(sealed) - last], filled[first : len(filled) - last]
    large = len(before) * len(after) > MOST_COMPARED
    matcher = difflib.SequenceMatcher(None, [item.key for item in before], [item.key for item in after], autojunk=large)
    standing = sealed[first - 1] if first else None
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            standing = before[i1 - 1] if i1 else standing
            _compare_block(report, before[i1:i2], after[j1:j2], names, standing)


def _filled(sealed: list[Item], found: list[Item]) -> list[Item]:
    """The items found, with the number and the days that the clerk wrote taken back to the room left for them."""
    rooms = {text for item in sealed for text in item.cells if ROOM in text}
    patterns = {
        text: re.compile(r"[\w ./-]{0,12}".join(re.escape(piece) for piece in text.split(ROOM))) for text in rooms
    }

    def back(text: str) -> str:
        return next((room for room, pattern in patterns.items() if pattern.fullmatch(text)), text)

    if not rooms:
        return found
    return [Item(tuple(map(back, item.cells)), item.is_row, item.figures) for item in found]


def _same_ends(one: list[Item], other: list[Item]) -> tuple[int, int]:
    """How many items are alike from the beginning, and how many of the rest from the end."""
    shorter = min(len(one), len(other))
    first = next((n for n in range(shorter) if one[n].key != other[n].key), shorter)
    room = shorter - first
    last = next((n for n in range(room) if one[-1 - n].key != other[-1 - n].key), room)
    return first, last


def _compare_block(report: Report, before: list[Item], after: list[Item], names: Names, standing: Item | None) -> None:
    """Items that changed together: pair those alike, the rest was taken out or added."""
    left = list(after)
    for item in before:
        partner = _partner(item, left, only=len(before) == len(after) == 1)
        if partner is None:
            report.problem("removed", "place_removed", where=names.of(item), said=_short(item.text))
            continue
        for passed in left[: left.index(partner)]:
            _added(report, passed, names, standing)
        left = left[left.index(partner) + 1 :]
        _edited(report, item, partner, names)
        standing = item
    for item in left:
        _added(report, item, names, standing)


def _partner(item: Item, candidates: list[Item], *, only: bool) -> Item | None:
    """The first candidate that reads most like the item; alone with it, any of its kind will do."""
    best, likeness = None, 0.0 if only else 0.45
    for candidate in candidates[:40]:
        if candidate.is_row == item.is_row and len(candidate.cells) == len(item.cells):
            alike = difflib.SequenceMatcher(None, item.text[:2000], candidate.text[:2000]).quick_ratio() + only
            if alike > likeness:
                best, likeness = candidate, alike
    return best


def _added(report: Report, item: Item, names: Names, standing: Item | None) -> None:
    where = names.of(standing) if standing else Where("head")
    report.problem("added", "place_added", where=where, said=_short(item.text))


def _edited(report: Report, before: Item, after: Item, names: Names) -> None:
    bound = [key for key in after.figures if key in names.figures]
    for column, (issued, said) in enumerate(zip(before.cells, after.cells)):  # noqa: B905 – of equal length
        if issued != said:
            was, now = _difference(issued.replace(ROOM, "…"), said.replace(ROOM, "…"))
            where = names.of(before, column if before.is_row else None)
            key = "place_edited_figure" if bound and not before.is_row else "place_edited"
            report.problem("changed", key, where=where, said=now, issued=was, figures=", ".join(bound))


def _difference(issued: str, said: str) -> tuple[str, str]:
    """The words that differ, without those before and after that do not."""
    one, other = issued.split(), said.split()
    shorter = min(len(one), len(other))
    first = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    room = shorter - first
    last = next((n for n in range(room) if one[-1 - n] != other[-1 - n]), room)
    return tuple(_short(" ".join(words[first : len(words) - last])) for words in (one, other))  # type: ignore[return-value]


def _short(text: str) -> str:
    return (text[:80] + "…" if len(text) > 80 else text) or "∅"


def _check_edges(report: Report, edges: list[tuple[str, list[str]]], manifest: dict[str, Any]) -> None:
    """Headers hold the page number and the sealed lines; footers the sealed lines, no more and no fewer."""
    sealed = {side: [even(text) for text in manifest[side] if isinstance(text, str)] for side in ("top", "foot")}
    for side, lines in edges:
        allowed = sealed[side]
        for line in lines:
            if line not in allowed and not (side == "top" and re.fullmatch(r"\d{0,4}", line)):
                report.problem("changed", f"edge_{side}", said=_short(line))
        if side == "foot" and [line for line in lines if line in allowed] != allowed:
            report.problem("removed", "edge_missing", said=_short(" / ".join(allowed)))
    if sealed["foot"] and not any(side == "foot" for side, _ in edges):
        report.problem("removed", "edge_missing", said=_short(" / ".join(sealed["foot"])))


def _attached(data: bytes) -> tuple[str, dict[str, Any]]:
    """The seal stated among the properties and the manifest attached to a PDF. Raises Unreadable."""
    for start in re.finditer(rb"/EmbeddedFile\b", data):
        head = data.rfind(b" obj", 0, start.start())
        opened = re.compile(rb"stream\r?\n").search(data, start.end(), start.end() + 2000)
        if head < 0 or not opened:
            continue
        words, begins = data[head : opened.start()], opened.end()
        length = re.search(rb"/Length\s+(\d{1,9})(?!\s+\d+\s+R)\b", words)
        ends = begins + int(length[1]) if length else data.find(b"endstream", begins)
        manifest = read_manifest(_unpacked(data[begins:ends], words))
        if manifest:
            stated = re.search(rb"tiendo-seal ([0-9a-f]{64})", data)
            return (stated[1].decode() if stated else ""), manifest
    raise Unreadable("no_manifest")


def _unpacked(data: bytes, words: bytes) -> str:
    if b"/FlateDecode" in words:
        try:
            data = zlib.decompressobj().decompress(data, MOST_BYTES)
        except zlib.error:
            return ""
    return data.decode("utf-8", errors="replace")


def _beginnings(data: bytes) -> dict[str, int]:
    """Hash → length of every beginning that ends where a PDF may end: a signature is written behind such a one."""
    found, hashed, done = {hash_bytes(data): len(data)}, hashlib.sha256(), 0
    for number, end in enumerate(re.finditer(rb"%%EOF(\r\n|\r|\n)?", data)):
        if number >= MOST_REVISIONS:
            break
        for stop in sorted({end.start() + 5, end.end()}):
            hashed.update(data[done:stop])
            done = stop
            found.setdefault(hashed.copy().hexdigest(), stop)
    return found


def check_bytes(report: Report, issued: str) -> None:
    """The file, or for a signed PDF its beginning, must be the file issued (by its hash)."""
    if issued in report.bytes_hashes:
        report.compared = True
        length, whole = report.bytes_hashes[issued], max(report.bytes_hashes.values())
        if length == whole:
            report.note("file_as_issued")
        else:
            report.note("file_longer", more=whole - length)
    elif report.is_pdf:
        report.problem("changed", "pdf_changed")


def check_original(report: Report, original: bytes) -> None:
    """The report against the issued file itself."""
    check_bytes(report, hash_bytes(original))


def check_report_together(log: Report, report: Report) -> None:
    """The log must hold the issuing of the report, and the head that the report names."""
    issued = log.issuings.get(report.head)
    if issued:
        report.note("issue_confirmed", entry=issued["seq"], at=issued["at"], actor=issued["actor"])
        check_bytes(report, str(issued["detail"].get("pdf" if report.is_pdf else "docx")))
    else:
        report.problem("unconfirmed", "issue_unconfirmed", seal=report.head)
    if report.log_head not in ("", GENESIS) and report.log_head not in log.hashes:
        report.problem("head", "foreign_head_report", head=report.log_head)


def check_site(report: Report, site: str, ask: Any = None) -> None:
    """Ask the public page of the system that issued the report. Raises Unreadable when it does not answer."""
    code = report.manifest["report"].get("code")
    if not (isinstance(code, str) and re.fullmatch(r"[A-Za-z0-9_-]{8,64}", code)):
        raise Unreadable("no_code")
    answer = (ask or ask_site)(f"{site.rstrip('/')}/xac-minh/{code}.json")
    if answer is None:
        report.problem("unconfirmed", "site_unknown", code=code)
        return
    if answer.get("seal") != report.head:
        report.problem("unconfirmed", "site_seal", seal=answer.get("seal"))
        return
    report.note("site_confirmed", at=answer.get("issued_at"))
    check_bytes(report, str(answer.get("pdf" if report.is_pdf else "docx")))
    report.stale_since = str(answer.get("stale_since") or "")
    if report.stale_since:
        report.note("stale", at=report.stale_since)
    else:
        report.note("current", at=answer.get("asked_at"))


def ask_site(address: str) -> dict[str, Any] | None:
    """The answer of the site; None when it knows no such report. Raises Unreadable."""
    if not re.match(r"https?://", address):
        raise Unreadable("no_site")
    try:
        with urllib.request.urlopen(address, timeout=SITE_SECONDS) as answer:  # noqa: S310 – checked above
            found = parse(answer.read(MOST_ANSWER).decode("utf-8"))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 404:
            return None
        raise Unreadable("no_site") from None
    except (OSError, ValueError, RecursionError, http.client.HTTPException):
        raise Unreadable("no_site") from None
    if not isinstance(found, dict) or found.get("schema") != VERIFICATION:
        raise Unreadable("no_site")
    return found


def figures_of(report: Report, wanted: str) -> list[dict[str, Any]]:
    """The figures of a report, or the one asked for, each with its records in full."""
    manifest = report.manifest
    records = {
        record["id"]: record for record in manifest.get("records", []) if isinstance(record, dict) and "id" in record
    }
    return [
        {**figure, "records": [records[number] for number in figure["records"] if number in records]}
        for figure in manifest.get("figures", [])
        if is_figure(figure) and wanted in ("", figure["key"])
    ]


def is_figure(figure: object) -> bool:
    """A figure of tasks or units; one of indicators names them beside."""
    if not isinstance(figure, dict) or not isinstance(figure.get("indicators", []), list):
        return False
    return has_form({name: value for name, value in figure.items() if name != "indicators"}, FIGURE)


def print_figures(report: Report, wanted: str, language: int) -> None:
    """Each figure with the units and records it was counted from."""
    figures = figures_of(report, wanted)
    if not figures:
        print("  " + TEXT["no_figure"][language].format(key=shown(wanted)))
    for figure in figures:
        line = TEXT["figure"][language].format(
            number=len(figure["records"]), tasks=len(figure["tasks"]), units=len(figure["units"])
        )
        nothing = TEXT["no_amount" if figure["measure"] == "dong" else "no_value"][language]
        value = nothing if figure["value"] is None else figure["value"]
        print(shown(f"  {figure['key']} – {figure['label']}: {value} ({line})"))
        for name in [*figure["units"], *figure.get("indicators", [])]:
            print(f"    · {shown(name)}")
        for record in figure["records"]:
            values = {name: shown(record.get(name, "")) for name in RECORD_WORDS}
            print("    · " + TEXT["record"][language].format(**values))


# --- what is printed on paper, and one file against the other -----------------------------------------------------


def check_head(report: Report, head: str) -> None:
    """The hash somebody has on paper must be in the file."""
    if report.kind == "release":
        if head in (report.head, report.log_head):
            report.note("head_is_seal" if head == report.head else "head_is_log_head")
        else:
            report.problem("head", "not_seal", head=head)
    elif report.kind == "report":
        _check_report_head(report, head)
    elif head in report.hashes:
        entry = report.hashes[head]
        report.note("head_found", entry=entry, later=max(report.hashes.values()) - entry)
    else:
        report.problem("head", "head", head=head)


def _check_report_head(report: Report, head: str) -> None:
    if head in report.printed():
        report.note(report.printed()[head])
    else:
        report.problem("head", "not_seal_report", head=head)


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
    data = read_file(file)
    if data.startswith((b"PK\x03\x04", b"%PDF")):
        return check_report_file(file, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not_ours") from None
    if _schema(text.partition("\n")[0]) == LOG:
        return check_log(file, text)
    if _schema(text) == RELEASE:
        return check_release(file, parse(text))
    raise Unreadable("not_ours")


def read_file(file: str) -> bytes:
    """The bytes of a file; those of reports only up to a bound. Raises Unreadable."""
    try:
        with open(file, "rb") as stream:
            data = stream.read(MOST_FILE + 1)
            if data.startswith((b"PK", b"%PDF")) and len(data) > MOST_FILE:
                raise Unreadable("too_large")
            return data + stream.read()
    except OSError:
        raise Unreadable("no_file") from None


def _schema(text: str) -> Any:
    try:
        value = parse(text)
    except (ValueError, RecursionError):
        return None
    return value.get("schema") if isinstance(value, dict) else None


def shown(value: Any) -> str:
    """A value from the file made safe for a terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value))


def _worded(value: Any, language: int) -> str:
    return shown(value.text(language) if isinstance(value, Where) else value)


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tiendo-verify", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "file", nargs="?", help="báo cáo (DOCX, PDF), nhật ký, bản công bố / a report, a log, a release"
    )
    parser.add_argument("--log", help="nhật ký / a log")
    parser.add_argument("--release", help="bản công bố / a release")
    parser.add_argument("--head", type=lambda text: text.strip().lower(), help="mã đã in trên giấy / the printed hash")
    parser.add_argument("--original", help="tệp đã phát hành / the file that was issued")
    parser.add_argument("--site", help="địa chỉ hệ thống, để hỏi số liệu đã đổi chưa / the site to ask")
    parser.add_argument("--records", action="store_true", help="kê bản ghi của mọi số liệu / list all figures' records")
    parser.add_argument("--figure", default="", metavar="KEY", help="kê bản ghi của một số liệu / list one figure's")
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
    try:
        _hold_against(reports, options)
    except Unreadable as error:
        return reports, (options.site if str(error) == "no_site" else options.original or options.file, str(error))
    return reports, None


def _hold_against(reports: list[Report], options: argparse.Namespace) -> None:
    """What is printed, the log, the file issued and the site, against each file."""
    logs = [report for report in reports if report.kind == "log"]
    papers = [report for report in reports if report.kind == "report"]
    if options.head:
        holding = [paper for paper in papers if options.head in paper.printed()]
        check_head((holding or logs or reports)[0], options.head)
    for log in logs:
        for release in (report for report in reports if report.kind == "release"):
            check_together(log, release)
        for paper in papers:
            check_report_together(log, paper)
    for paper in papers:
        if options.original:
            check_original(paper, read_file(options.original))
        if options.site:
            check_site(paper, options.site)
        if not (logs or options.site or options.head or options.original):
            paper.note("report_alone")
        if paper.is_pdf and not paper.compared:
            paper.note("pdf_alone")


def print_report(report: Report, language: int) -> None:
    """The verdict in sentences."""
    if report.problems:
        outside = {problem.kind for problem in report.problems} <= {"head", "unconfirmed"}
        key = "unmatched" if outside else f"{report.kind}_broken"
        print(f"{report.file}: " + TEXT[key][language].format(number=len(report.problems)))
    else:
        whole = TEXT["pdf_whole" if report.is_pdf and not report.compared else f"{report.kind}_whole"][language]
        print(f"{report.file}: " + whole.format(count=report.count, head=shown(report.head)) + ".")
    for finding in [*report.problems[:MOST_PROBLEMS_PRINTED], *report.notes]:
        print(f"  - {finding.text(language)}.")
    if len(report.problems) > MOST_PROBLEMS_PRINTED:
        print("  " + TEXT["more"][language].format(number=len(report.problems) - MOST_PROBLEMS_PRINTED))


def as_json(reports: list[Report], language: int, unreadable: tuple[str, str] | None, figure: str | None = None) -> str:
    """The verdict for a program; with the figures and their records when asked ("" for all)."""
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
            **({"stale_since": report.stale_since or None} if report.kind == "report" else {}),
            **({"figures": figures_of(report, figure or "")} if report.manifest and figure is not None else {}),
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
    figure = options.figure if options.figure or options.records else None
    if options.json:
        print(as_json(reports, language, unreadable, figure))
    else:
        for report in reports:
            print_report(report, language)
            if report.manifest and figure is not None:
                print_figures(report, figure, language)
        if unreadable:
            words = TEXT["unreadable"][language].format(file=unreadable[0], why=TEXT[unreadable[1]][language])
            print(words, file=sys.stderr)
    if unreadable:
        return 2
    return 1 if any(report.problems for report in reports) else 0


if __name__ == "__main__":
    sys.exit(main())
