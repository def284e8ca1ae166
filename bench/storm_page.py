"""The storm's figures in words, for docs/reference/performance.md."""

from typing import Any

HEAD = (
    "database",
    "killed half way",
    "reports, entries",
    "minutes",
    "save, p95 × empty write",
    "sending, p95 × empty write",
    "control room, p95 × empty write",
    "lost, doubled, refused",
)
WORDS = """## The minutes before a deadline

Every unit writes its whole report and its head sends it, each at its own pace, while five control rooms are open and
ask again every other second (`python -m bench.storm`). Beside them an empty write, one row in one transaction through
the same server, is asked for four times a second; the 95th percentiles are told as multiples of its own. Afterwards the
database is held against every acknowledged save and sending, and the log is checked from its first entry on.

"""


def storm_page(results: list[dict[str, Any]]) -> str:
    """The whole section; empty without figures."""
    if not results:
        return ""
    lines = [HEAD, tuple("---" for _ in HEAD), *(_row(each) for each in results)]
    return WORDS + "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _row(each: dict[str, Any]) -> tuple[str, ...]:
    return (
        each["database"],
        "yes" if each["killed"] else "no",
        f"{each['sent']}, {each['submitted']}",
        f"{each['seconds'] / 60:.1f}",
        *(f"{each[f'{name}_p95_ms'] / each['empty_p95_ms']:.1f}" for name in ("saves", "sends", "rooms")),
        f"{each['lost']}, {each['doubled']}, {len(each['refused'])}",
    )
