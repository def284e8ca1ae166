"""What an import found or did, for a program and for a person at a terminal. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from gettext import gettext as _
from typing import Any

from tiendo.intake.choosing import Offered

WORDS = {
    "": _("đọc được"),
    "added": _("thêm"),
    "changed": _("thay đổi"),
    "removed": _("không còn"),
    "same": _("như cũ"),
}
KIND_WORDS = {
    "section": _("Mục"),
    "item": _("Nội dung"),
    "task": _("Nhiệm vụ"),
    "indicator": _("Chỉ tiêu"),
    "annex": _("Phụ lục"),
    "repair": _("Sửa lỗi in"),
}
LONGEST = 100


@dataclass(frozen=True)
class Told:
    """One proposal in short: `change` is empty where nothing is compared, `ref` what the plan has now."""

    kind: str
    key: str
    change: str
    title: str
    sure: bool
    ref: str = ""


@dataclass(frozen=True)
class Result:
    """The answer of one import. `act`: dry-run, proposed, accepted or known; `left` waits for, or needs, a person."""

    file: str
    sha256: str
    act: str
    form: str = "document"
    plan: str | None = None
    base: int | None = None
    number: int | None = None
    version: int | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    differences: Sequence[Told] = ()
    left: Sequence[Told] = ()
    notes: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        return {"schema": "tiendo.import/1", **asdict(self)}


def counted(told: Iterable[Told]) -> dict[str, dict[str, int]]:
    """Kind → how many of each change, and how many are unsure."""
    found: dict[str, Counter[str]] = {}
    for each in told:
        if each.kind in KIND_WORDS:
            count = found.setdefault(each.kind, Counter())
            count[each.change or "read"] += 1
            count["unsure"] += not each.sure
    return {kind: dict(count) for kind, count in found.items()}


def title_of(kind: str, value: Mapping[str, Any]) -> str:
    """What a proposal is called in one line."""
    names = {"task": "title", "indicator": "name", "section": "title", "item": "text", "annex": "label"}
    text = " ".join(str(value.get(names.get(kind, "printed")) or "").split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def told(each: Offered, *, sure: bool) -> Told:
    return Told(each.kind, each.key, each.change, title_of(each.kind, each.value), sure, each.ref)


def sentences(result: Result) -> Iterator[str]:
    """The result as lines for a person."""
    yield _headline(result)
    for kind, count in result.counts.items():
        parts = [
            f"{WORDS[name if name != 'read' else '']} {number}" for name, number in count.items() if name != "unsure"
        ]
        parts += [_("chưa chắc {number}").format(number=count["unsure"])] if count.get("unsure") else []
        yield f"  {KIND_WORDS[kind]}: {', '.join(parts)}"
    for each in result.differences:
        yield f"  {WORDS[each.change]}: [{KIND_WORDS[each.kind]} {each.ref or each.key}] {each.title}"
    if result.left:
        yield _("Cần người xem ({count}):").format(count=len(result.left))
        yield from (f"  [{KIND_WORDS[each.kind]} {each.key}] {each.title}" for each in result.left)
    yield from result.notes


def _headline(result: Result) -> str:
    heads = {
        "dry-run": _("“{file}”: xem thử, không ghi gì."),
        "known": _("“{file}” đã được nhập trước đây (lần nhập {number}); không có gì thay đổi."),
        "proposed": _("“{file}”: đã đọc, chờ người xem (lần nhập {number})."),
        "accepted": _("“{file}”: đã nhập vào kế hoạch {plan}, phiên bản {version}."),
    }
    values = {"file": result.file, "number": result.number, "plan": result.plan, "version": result.version}
    return heads[result.act].format(**values)
