"""Writes the reference pages that are worked out from the code; with --check, says which are out of date.

A page is a function without arguments that returns its text; add one to PAGES and it is written and compared too.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.permissions.page import permissions_page
from tiendo.evaluation.criteria import KIND_WORDS
from tiendo.evaluation.describing import chapters, criterion_words, number
from tiendo.evaluation.shipped import PRESETS, preset
from tiendo.evaluation.states import STAGE_WORDS, Stage
from tiendo.evaluation.workflow import ACT_WORDS as EVALUATION_ACT_WORDS
from tiendo.evaluation.workflow import MOVES as EVALUATION_MOVES
from tiendo.evaluation.workflow import PARTY_WORDS as EVALUATION_PARTY_WORDS
from tiendo.oversight import amendment_workflow as amendment
from tiendo.oversight import difficulty_workflow as difficulty
from tiendo.oversight import followup_workflow as follow_up
from tiendo.oversight import inspection_workflow as inspection
from tiendo.oversight import pilot_workflow as pilot
from tiendo.publication.workflow import MOVES as RELEASE_MOVES
from tiendo.reporting.papers.blocks import BLOCKS
from tiendo.reporting.papers.paper import every_figure
from tiendo.reporting.papers.prose import TOKENS
from tiendo.reporting.papers.template import PartKey
from tiendo.reporting.parts import PART_ACT_WORDS, PART_MOVES, PART_WORDS, PartState
from tiendo.reporting.workflow import (
    ACT_WORDS,
    DESK_ACT_WORDS,
    DESK_MOVES,
    DESK_WORDS,
    DUTY_WORDS,
    ENTRY_MOVES,
    ENTRY_WORDS,
    PARTY_WORDS,
    Desk,
    DutyStatus,
    EntryStatus,
)

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEADER = "<!-- Written by `make docs` from {source}. Change the source, not this page. -->\n"


def workflow_page() -> str:
    """The life of a report entry and of a release, and the states in which people see a duty."""
    sources = "`workflow.py` of `tiendo/reporting`, `tiendo/publication` and `tiendo/evaluation`"
    parts = [HEADER.format(source=sources), _WORKFLOW_INTRODUCTION, _entry_diagram(), _entry_moves()]
    parts += [_duty_states(), _DESK_INTRODUCTION, _desk_moves(), _part_moves()]
    parts += [_RELEASE_INTRODUCTION, _diagram(_RELEASE_FIRST, _release_moves())]
    parts += [_EVALUATION_INTRODUCTION, _evaluation_diagram(), _evaluation_moves()]
    parts += [_FOLLOW_UP_INTRODUCTION, *_follow_up(), _INSPECTION_INTRODUCTION, *_inspection()]
    parts += [_PILOT_INTRODUCTION, *_pilot()]
    parts += [_AMENDMENT_INTRODUCTION, *_amendment()]
    return "\n".join([*parts, _DIFFICULTY_INTRODUCTION, *_difficulty()])


_WORKFLOW_INTRODUCTION = """\
# The life of a report

A unit owes one report for a period: a *duty*. It writes one *entry* for each of its tasks. An entry moves only as
the table below allows; any other act is refused with a sentence and changes nothing. Who may act is a question of
its own, answered by `tiendo/reporting/permissions.py`.

## An entry
"""


_DESK_INTRODUCTION = """\
## Desks

While its period runs and it is not accepted, a report lies on exactly one desk: the stay on one ends at the moment the
stay on the next begins, so the working days on all of them add up to the time gone by. Which of several desks an act
leads to is worked out by `tiendo/reporting/approving.py` from the unit's approval steps, its heads, their absences and
substitutes, and from who wrote what is to be sent: nobody approves their own words.
"""

_PART_INTRODUCTION = """\
## A part

When an item is sent, each coordinating unit of its task is asked about its part. Completion is not accepted while a
part is disputed. Answers may change until the period is closed; a dispute ends by withdrawal or by the coordinator's
word. The table stands in `tiendo/reporting/parts.py`.
"""


_RELEASE_INTRODUCTION = """\
## A release

Frozen when it is proposed, public once it is approved, and never changed. What is wrong in a release is put right by
the next one. When a task it names is kept from the public afterwards, the release is withdrawn in the same act, and a
correction, frozen and approved at once, takes its place.
"""
_RELEASE_FIRST = "proposed"

_EVALUATION_INTRODUCTION = """\
## A yearly evaluation

One stage after the other, never back. What a unit leaves unsaid holds nobody up after the last day, is shown as unsaid
and earns nothing. Two assessors speak independently: neither reads the other's word before both have spoken; where
they are further apart than the set allows, a third speaks. Nothing said is overwritten.
"""

_FOLLOW_UP_INTRODUCTION = """\
## Something a unit must do

It comes from a direction, an inspection or the decision on a difficulty. The unit says how far it is and, by its head,
that it is done; a second person, who neither reported it nor works in the unit, closes it or sends it back. Each act
is kept as a step. Late ones are told once to those above the unit, and once more after each new deadline that passes.
"""

_INSPECTION_INTRODUCTION = """\
## An inspection

In the year's programme, or by surprise: inspection records one, a supervising agency asks for one. The unit learns of
a scheduled one by the decision, of a surprise when it begins, and of what was found by the conclusion. Nobody who works
in the unit is any of the parties below. After the conclusion only things to be done are added, as items above.
"""

Moves = list[tuple[str, str, str]]  # from, act, to


_AMENDMENT_INTRODUCTION = """\
## An amendment of the plan

A unit proposes, the coordinator joins proposals in one draft, who decides does so by a numbered paper; nothing else
changes the plan. First what becomes of a proposal, then of the draft. In a unit's own plan its officers consolidate and
its head decides. The tables stand in `tiendo/oversight/amendment_workflow.py`.
"""


def _amendment() -> list[str]:
    proposals = _amending(amendment.PROPOSAL_MOVES, amendment.PROPOSAL_ACT_WORDS, amendment.PROPOSAL_WORDS)
    return proposals + _amending(amendment.AMENDMENT_MOVES, amendment.AMENDMENT_ACT_WORDS, amendment.AMENDMENT_WORDS)


def _amending(table: Any, acts: Any, states: Any) -> list[str]:
    """Diagram and table of one of the two; both begin with the draft."""
    moves = [(was, f"{act} ({acts[act]})", move.to) for (was, act), move in table.items() if move.to != was]
    lines = ["| from | act | to | open to | needs |", "| --- | --- | --- | --- | --- |"]
    for (was, act), move in table.items():
        by = ", ".join(words for party, words in amendment.PARTY_WORDS.items() if party in move.by)
        to = f"`{move.to}` {states[move.to]}"
        lines.append(f"| `{was}` {states[was]} | `{act}` {acts[act]} | {to} | {by} | {move.needs} |")
    return [_diagram("draft", moves), "\n".join([*lines, ""])]


def _diagram(first: str, moves: Moves) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    lines += [f"    {was} --> {now} : {act}" for was, act, now in moves]
    left = {was for was, _, _ in moves}
    final = dict.fromkeys(now for _, _, now in moves if now not in left)
    lines += [f"    {status} --> [*]" for status in final]
    return "\n".join([*lines, "```", ""])


def _entry_diagram() -> str:
    return _diagram(
        EntryStatus.DRAFT, [(was, f"{act} ({ACT_WORDS[act]})", now) for (was, act), now in ENTRY_MOVES.items()]
    )


def _part_moves() -> str:
    moves = [(was, f"{act} ({PART_ACT_WORDS[act]})", now) for (was, act), now in PART_MOVES.items()]
    words = [f"| `{state}` | {PART_WORDS[state]} |" for state in PartState]
    return "\n".join(
        [_PART_INTRODUCTION, _diagram(PartState.ASKED, moves), "| state | shown |", "| --- | --- |", *words, ""]
    )


def _release_moves() -> Moves:
    return [(was, act, now) for (was, act), now in RELEASE_MOVES.items()]


def _evaluation_diagram() -> str:
    moves = [
        (was, f"{act} ({EVALUATION_ACT_WORDS[act]})", move.to)
        for (was, act), move in EVALUATION_MOVES.items()
        if move.to != was
    ]
    return _diagram(Stage.SELF_ASSESSMENT, moves)


def _evaluation_moves() -> str:
    lines = ["| stage | act | open to | needs |", "| --- | --- | --- | --- |"]
    for (was, act), move in EVALUATION_MOVES.items():
        by = ", ".join(words for party, words in EVALUATION_PARTY_WORDS.items() if party in move.by)
        lines.append(f"| `{was}` {STAGE_WORDS[was]} | `{act}` {EVALUATION_ACT_WORDS[act]} | {by} | {move.needs} |")
    return "\n".join([*lines, ""])


def _follow_up() -> list[str]:
    words, acts = follow_up.STATE_WORDS, follow_up.ACT_WORDS
    moves = [(was, f"{act} ({acts[act]})", move.to) for (was, act), move in follow_up.MOVES.items()]
    lines = ["| state | act | open to | needs |", "| --- | --- | --- | --- |"]
    for (was, act), move in follow_up.MOVES.items():
        by = ", ".join(named for party, named in follow_up.PARTY_WORDS.items() if party in move.by)
        lines.append(f"| `{was}` {words[was]} | `{act}` {acts[act]} | {by} | {move.needs} |")
    return [_diagram(follow_up.State.OPEN, moves), "\n".join([*lines, ""])]


_PILOT_INTRODUCTION = """\
## A pilot

First tried, then evaluated, then made a rule: the third stage is closed while there is no evaluation record. A sandbox
trial also has conditions and a supervising agency. The table stands in `tiendo/oversight/pilot_workflow.py`.
"""


def _pilot() -> list[str]:
    words, acts = pilot.PILOT_STAGE_WORDS, pilot.PILOT_ACT_WORDS
    rows = pilot.PILOT_MOVES.items()
    leading = [(was, f"{act} ({acts[act]})", move.to) for (was, act), move in rows if move.to != was]
    lines = ["| stage | act | open to | needs |", "| --- | --- | --- | --- |"]
    for (was, act), move in rows:
        by = ", ".join(named for party, named in pilot.PILOT_PARTY_WORDS.items() if party in move.by)
        lines.append(f"| `{was}` {words[was]} | `{act}` {acts[act]} | {by} | {move.needs} |")
    return [_diagram(pilot.PilotStage.PILOT, leading), "\n".join([*lines, ""])]


_DIFFICULTY_INTRODUCTION = """\
## A difficulty

The unit writes and its head sends; the coordinator decides within its own power or forwards to who may, with a day by
which to answer; what was decided is followed until the unit says that it is gone. From the first sending on it lies on
exactly one desk, so the working days on all desks add up to the time gone by (`tiendo/oversight/difficulty_clock.py`).
The reply clock may stand still for a stated reason: the last good day moves by as many working days, a stop that
begins after it moves nothing, and the raw days are shown beside. Forwarding again begins a new stay at another desk.
The table stands in `tiendo/oversight/difficulty_workflow.py`.
"""


def _difficulty() -> list[str]:
    words, acts = difficulty.STATE_WORDS, difficulty.ACT_WORDS
    rows = difficulty.MOVES.items()
    moves = [(was, f"{act} ({acts[act]})", move.to) for (was, act), move in rows if act not in difficulty.STAYING]
    lines = ["| state | act | open to | needs |", "| --- | --- | --- | --- |"]
    for (was, act), move in rows:
        by = ", ".join(named for party, named in difficulty.PARTY_WORDS.items() if party in move.by)
        lines.append(f"| `{was}` {words[was]} | `{act}` {acts[act]} | {by} | {move.needs} |")
    return [_diagram(difficulty.State.DRAFT, moves), "\n".join([*lines, ""])]


def _inspection() -> list[str]:
    words, acts = inspection.STATE_WORDS, inspection.ACT_WORDS
    leading = [
        (was, f"{act} ({acts[act]})", move.to) for (was, act), move in inspection.MOVES.items() if move.to != was
    ]
    lines = ["| state | act | open to | needs |", "| --- | --- | --- | --- |"]
    for (was, act), move in inspection.MOVES.items():
        by = ", ".join(named for party, named in inspection.PARTY_WORDS.items() if party in move.by)
        lines.append(f"| `{was}` {words[was]} | `{act}` {acts[act]} | {by} | {move.needs} |")
    return [_diagram(inspection.State.PLANNED, leading), "\n".join([*lines, ""])]


def _entry_moves() -> str:
    lines = ["| from | act | to |", "| --- | --- | --- |"]
    for (was, act), now in ENTRY_MOVES.items():
        lines.append(f"| {_words(was)} | `{act}` {ACT_WORDS[act]} | {_words(now)} |")
    return "\n".join([*lines, ""])


def _desk_moves() -> str:
    lines = ["| from | act | to | open to |", "| --- | --- | --- | --- |"]
    for (was, act), move in DESK_MOVES.items():
        to = ", ".join(map(_desk, move.to))
        by = ", ".join(words for party, words in PARTY_WORDS.items() if party in move.by)
        lines.append(f"| {_desk(was)} | `{act}` {DESK_ACT_WORDS[act]} | {to} | {by} |")
    return "\n".join([*lines, ""])


def _desk(desk: Desk | None) -> str:
    return f"`{desk}` {DESK_WORDS[desk]}" if desk else "nobody's"


def _words(status: EntryStatus) -> str:
    return f"`{status}` {ENTRY_WORDS[status]}"


def _duty_states() -> str:
    lines = [
        "## A duty",
        "",
        "A duty stores "
        + ", ".join(f"`{status}`" for status in DutyStatus)
        + "; people see it joined with the dates, worked out when read:",
        "",
        "| code | on screen |",
        "| --- | --- |",
    ]
    lines += [f"| `{state}` | {words} |" for state, words in DUTY_WORDS.items()]
    return "\n".join([*lines, ""])


def report_template_page() -> str:
    """What a template of the consolidated report may hold: parts, words, figures, blocks."""
    sources = "`template.py`, `prose.py`, `blocks.py` and `figures.py` in `tiendo/reporting/papers/`"
    rows = [_REPORT_TEMPLATE_INTRODUCTION]
    rows += [f"- `# {key}: …`" for key in PartKey]
    rows += ["\n## Chữ tự điền\n", "| mã | in ra |", "| --- | --- |"]
    rows += [f"| `{{{key}}}` | {token.label} |" for key, token in TOKENS.items()]
    rows += ["\n## Số liệu\n", "| mã | ý nghĩa |", "| --- | --- |"]
    rows += [f"| `{{{figure.key}}}` | {figure.label[:1].upper()}{figure.label[1:]} |" for figure in every_figure()]
    rows += ["\n## Bảng và danh mục\n", "| mã | nội dung |", "| --- | --- |"]
    rows += [f"| `{{{{{key}}}}}` | {block.label} |" for key, block in BLOCKS.items()]
    return HEADER.format(source=sources) + "\n" + "\n".join(rows) + "\n"


_REPORT_TEMPLATE_INTRODUCTION = """# Mẫu báo cáo tổng hợp

Mẫu là văn bản thuần, mỗi dòng một đoạn. Dòng bắt đầu bằng `;` không in. `## …` và `### …` là tiêu đề, `- …` là gạch đầu
dòng. `{^mã}` in chỉ số trỏ tới các báo cáo đứng sau một số liệu. `[lời trích | nguồn]` cho số lấy từ văn bản khác. Dòng
`? mã: …` chỉ in khi số liệu ấy khác không, `?! mã: …` chỉ in khi bằng không. Số liệu của một nhóm, chỉ dùng khi sửa lời
văn của một kỳ, viết `{group:mã nhóm:mã}`. Sáu phần, mỗi phần đúng một lần:
"""


def criteria_page(code: str) -> str:
    """A shipped set of criteria as people read it."""
    content = preset(code)
    rows = [HEADER.format(source=f"`tiendo/evaluation/presets/{code}.toml`"), f"# {content.title}", ""]
    rows += [f"Căn cứ: {content.source}. Cách tính từng bước: [scoring.md](scoring.md).", ""]
    rows += ["| mã | tiêu chí | loại | trọng số |", "| --- | --- | --- | ---: |"]
    rows += [
        f"| `{each.code}` | {each.name} | {KIND_WORDS[each.kind]} | {number(each.weight)} |"
        for each in content.criteria
    ]
    for each in content.criteria:
        rows += [
            "",
            f"## {each.name} ({number(each.weight)} điểm)",
            "",
            *(f"- {said}" for said in criterion_words(each)),
        ]
    for chapter in chapters(content):
        rows += ["", f"## {chapter.title}", "", *(f"- {said}" for said in chapter.sentences)]
    return "\n".join([*rows, ""])


PAGES: dict[str, Callable[[], str]] = {
    "reference/workflow.md": workflow_page,
    "reference/permissions.md": permissions_page,
    "reference/report-template.md": report_template_page,
    **{f"reference/criteria-{code}.md": partial(criteria_page, code) for code in PRESETS},
}


def outdated() -> list[str]:
    """Names of the pages whose committed text differs from what the code gives."""
    return [name for name, page in PAGES.items() if not _stands(DOCS / name, page())]


def _stands(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


def write() -> None:
    """Write every page that is out of date."""
    for name in outdated():
        file = DOCS / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGES[name](), encoding="utf-8")
        print(f"wrote docs/{name}")


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        write()
        return 0
    for name in (late := outdated()):
        print(f"docs/{name} is out of date: run `make docs` and commit it", file=sys.stderr)
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
