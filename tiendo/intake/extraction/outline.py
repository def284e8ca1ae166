"""A reading as lines for people on a terminal: facts, tree, annexes, and everything found, with counts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from gettext import gettext as _
from typing import Any

WIDTH = 100
KIND_MARKS = {"bullet": "•", "clause": "§", "paragraph": "¶", "annex_reference": "→"}


def outline(reading: Mapping[str, Any]) -> Iterator[str]:
    """Every line of the readable form, in Vietnamese."""
    yield from _file(reading)
    yield from _facts(reading["document"])
    yield from _tree(reading)
    for heading, key, tell in PARTS:
        yield from _part(heading, reading[key], tell)


def absent(value: Any) -> str:
    """The value, or the words for a field the document does not give."""
    return str(value) if value not in (None, "", []) else _("không có trong văn bản")


def day(iso: str | None) -> str:
    """A date as officials write it."""
    return date.fromisoformat(iso).strftime("%d/%m/%Y") if iso else absent(None)


def _file(reading: Mapping[str, Any]) -> Iterator[str]:
    file = reading["file"]
    yield _("Tệp: {name} ({format}, SHA-256 {sha256})").format(**file)
    counts = _(
        "{sections} đề mục, {items} mục nội dung, {sentences} câu; phụ lục: {tasks} nhiệm vụ, {indicators} chỉ tiêu."
    )
    yield counts.format(
        sections=len(reading["sections"]),
        items=len(reading["items"]),
        sentences=sum(len(item["sentences"]) for item in reading["items"]),
        tasks=len(reading["tasks"]),
        indicators=len(reading["indicators"]),
    )
    yield ""


def _facts(document: Mapping[str, Any]) -> Iterator[str]:
    rows = (
        (_("Loại văn bản"), absent(document["kind"])),
        (_("Số"), absent(document["number"])),
        (_("Ký hiệu"), absent(document["symbol"])),
        (_("Cơ quan ban hành"), absent(document["issuer"])),
        (_("Nơi ban hành"), absent(document["place"])),
        (_("Ngày ban hành"), day(document["issued_on"])),
        (_("Trích yếu"), absent(document["title"])),
        (_("Tư cách ký"), absent(document["signer"]["capacity"])),
        (_("Người ký"), absent(document["signer"]["name"])),
        (_("Nơi nhận"), _("{count} nơi").format(count=len(document["recipients"]))),
    )
    for name, value in rows:
        yield f"{name}: {value}"
    for recipient in document["recipients"]:
        yield f"  - {recipient}"


def _tree(reading: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield _("CÂY NỘI DUNG")
    by_section: dict[str | None, list[Mapping[str, Any]]] = {}
    for item in reading["items"]:
        by_section.setdefault(item["section"], []).append(item)
    for item in by_section.get(None, []):
        yield _item_line(item, "")
    for section in reading["sections"]:
        indent = "  " * (section["level"] - 1)
        yield f"{indent}{section['id']}  {section['title']} [{place(section['lines'])}]"
        for item in by_section.get(section["id"], []):
            yield _item_line(item, indent + "  ")


def _item_line(item: Mapping[str, Any], indent: str) -> str:
    return f"{indent}{KIND_MARKS[item['kind']]} {item['id']} [{place(item['lines'])}] {shortened(item['text'])}"


def place(lines: Any) -> str:
    """Where an entry stands, in words."""
    if isinstance(lines, dict):
        return _("đoạn {block}").format(block=lines["block"])
    first, last = lines
    return (
        _("dòng {first}").format(first=first)
        if first == last
        else _("dòng {first}–{last}").format(first=first, last=last)
    )


def shortened(text: str) -> str:
    """The beginning of a long passage, cut between words."""
    return text if len(text) <= WIDTH else text[:WIDTH].rsplit(" ", 1)[0] + " …"


def _part(heading: str, entries: Sequence[Mapping[str, Any]], tell: Any) -> Iterator[str]:
    yield ""
    yield f"{heading} ({len(entries)})"
    if not entries:
        yield f"  {absent(None)}"
    for entry in entries:
        yield f"  {tell(entry)}"


def _names(agencies: Sequence[Mapping[str, Any]]) -> str:
    return absent("; ".join(agency["text"] for agency in agencies))


def rhythm(rrule: str | None) -> str:
    """A recurrence in words; the rule itself stands in the JSON."""
    rule = dict(part.split("=") for part in (rrule or "").split(";") if part)
    every = {"YEARLY": _("hằng năm"), "MONTHLY": _("hằng tháng"), "WEEKLY": _("hằng tuần"), "DAILY": _("hằng ngày")}
    if not rule:
        return _("không có ngày cuối")
    if "BYMONTH" in rule:
        day, month = rule["BYMONTHDAY"].zfill(2), rule["BYMONTH"].zfill(2)
        return _("ngày {day}/{month} hằng năm").format(day=day, month=month)
    if "BYMONTHDAY" in rule:
        return _("ngày {day} hằng tháng").format(day=rule["BYMONTHDAY"])
    if "INTERVAL" in rule:
        unit = {"YEARLY": _("năm"), "MONTHLY": _("tháng"), "WEEKLY": _("tuần")}.get(rule["FREQ"], _("ngày"))
        return _("{count} {unit} một lần").format(count=rule["INTERVAL"], unit=unit)
    return every[rule["FREQ"]]


def _due(due: Mapping[str, Any] | None) -> str:
    if due is None or due["kind"] == "missing":
        return absent(None)
    read = day(due["on"]) if due["on"] else rhythm(due["rrule"])
    return f"“{due['raw']}” → {read}"


def _target(entry: Mapping[str, Any]) -> str:
    value = absent(None)
    if entry["value"] is not None:
        value = " ".join(
            filter(
                None, [entry["comparator"], "–".join(filter(None, [entry["value"], entry["value_to"]])), entry["unit"]]
            )
        )
    firm = _("bắt buộc") if entry["firm"] else _("phấn đấu")
    return f"{entry['item']}: {value} ({firm}; {_('hạn')}: {_due(entry['due'])}) “{shortened(entry['quote'])}”"


def _deadline(entry: Mapping[str, Any]) -> str:
    return f"{entry['item']}: {_due(entry['due'])}; {_('ai thực hiện')}: {_names(entry['binds'])}"


def _reference(entry: Mapping[str, Any]) -> str:
    count = _("{count} lần nhắc").format(count=len(entry["mentions"]))
    name = f"{entry['kind'] or ''} {entry['number']}".strip()
    return f"{name}, {day(entry['issued_on'])}, {absent(entry['issuer'])} ({count})"


def _annex(entry: Mapping[str, Any]) -> str:
    state = _("có trong tệp") if entry["present"] else _("KHÔNG có trong tệp")
    return f"{entry['label']}: {state}; {_('nhắc ở')}: {absent(', '.join(entry['mentioned_in']))}"


def _repair(entry: Mapping[str, Any]) -> str:
    sure = _("chắc") if entry["sure"] else _("chưa chắc")
    printed = entry["printed"].replace("\n\n", " ⏎ ")
    return f"{entry['item'] or _('phần đầu')}: “{printed}” → “{entry['proposed']}” ({sure})"


def _task(entry: Mapping[str, Any]) -> str:
    title = f"{entry['number'] or '–'}. {shortened(absent(entry['title']))}"
    lacks = ", ".join(entry["lacks"]) or "–"
    return f"{title} | {_names(entry['lead'])} | {_due(entry['due'])} | {_('thiếu')}: {lacks}"


def _indicator(entry: Mapping[str, Any]) -> str:
    target = f"{absent(entry['target']['raw'])} {entry['unit_text'] or ''}".rstrip()
    return f"{entry['number'] or '–'}. {absent(entry['name'])} | {target}"


def _note(entry: Mapping[str, Any]) -> str:
    return f"[{entry['where']}] {entry['message']}"


PARTS = (
    (_("PHỤ LỤC"), "annexes", _annex),
    (_("NHIỆM VỤ TRONG PHỤ LỤC"), "tasks", _task),
    (_("CHỈ TIÊU TRONG PHỤ LỤC"), "indicators", _indicator),
    (_("MỤC TIÊU TRONG LỜI VĂN"), "targets", _target),
    (_("THỜI HẠN TRONG LỜI VĂN"), "deadlines", _deadline),
    (_("VĂN BẢN VIỆN DẪN"), "references", _reference),
    (_("ĐỀ NGHỊ SỬA"), "repairs", _repair),
    (_("LƯU Ý"), "notes", _note),
)
