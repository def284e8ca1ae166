"""The reference page of who may do what, made from the expectations that the tests hold the house to."""

from tests.permissions.expected import PEOPLE, SECTIONS, Outcome, Row

SOURCE = "tests/permissions/expected.py"
HEADER = f"<!-- Written by `make docs` from `{SOURCE}`. Change the source, not this page. -->\n"
INTRODUCTION = """\
# Who may do what

Every page and every act of the site, and what each person meets there. The tests ask for each of them as each of the
people and compare: a cell of this page cannot be wrong without a failing test, and an address without a row fails too.

The world of the table: *cán bộ* and *thủ trưởng* are of the unit that leads the task and owes the report; *đơn vị
khác* is an officer of a department with no part in it. Nobody holds two posts here; who does may do what each allows,
but never accepts what he wrote or sent, and never approves what he proposed.

| in the table | what happens |
| --- | --- |
"""
MEANINGS = {
    Outcome.DONE: "the page opens, or the act is done and stands in the log",
    Outcome.MOVED: "led to the page meant for this reader",
    Outcome.DENIED: "refused with the reason (403); nothing is written",
    Outcome.UNSEEN: "as if it did not exist (404); nothing is written",
    Outcome.SIGN_IN: "led to the sign-in page; nothing is written",
    Outcome.KEY: "a session opens nothing here: only a key, in the name of its person (401); nothing is written",
    Outcome.UNFIT: "told why it cannot be done now; nothing is written",
}


def permissions_page() -> str:
    """The whole page."""
    meanings = [f"| {outcome} | {words} |" for outcome, words in MEANINGS.items()]
    parts = [HEADER, INTRODUCTION + "\n".join([*meanings, ""])]
    parts += [_section(title, rows) for title, rows in SECTIONS.items()]
    return "\n".join(parts)


def _section(title: str, rows: list[Row]) -> str:
    head = ["page or act", "address", *PEOPLE.values()]
    lines = [_line(head), _line(["---"] * len(head)), *map(_row, rows)]
    return "\n".join([f"## {title}", "", *lines, ""])


def _row(row: Row) -> str:
    return _line([row.words, f"`{row.method} {row.route}`", *map(str, row.outcomes().values())])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
