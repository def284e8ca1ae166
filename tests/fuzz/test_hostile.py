"""Files made to harm: each is refused with a sentence or read, in little time and memory, and nothing reaches out."""

from functools import cache
from typing import Any

import pytest

from tests.fuzz.hostile import FILES
from tests.fuzz.running import answers, is_sentence, whole

# These hold words that may be read; all others must be refused.
MAY_BE_READ = {
    "one word in many cells", "entities in html", "cell at the far end", "formula cells", "columns without end in docx",
    "spans without end in html", "many large spans in html", "million columns in csv", "half a million rows in csv",
    "million bars in txt", "quote never closed", "nested tables in docx", "nested tags in docx",
    "nested tables in html", "nested lists in html", "nested quotes in md", "nested lists in md",
    "drawing bomb in pdf", "eight thousand sheets", "pictures and pages from outside", "half a letter",
    "nested brackets in md", "old template from outside",
}  # fmt: skip
MOST_MEMORY = 700  # MB at any time, the interpreter and all libraries included
MOST_SECONDS = 6  # of work


@cache
def told() -> dict[str, dict[str, Any]]:
    """What came of each file, all read one after the other in one guarded process."""
    tasks = [whole(name, make()) for name, make in FILES.values()]
    heard = answers(tasks)
    assert len(heard) == len(tasks), heard[-1]["said"]
    return dict(zip(FILES, heard, strict=True))


@pytest.mark.parametrize("what", sorted(FILES))
def test_a_hostile_file_does_no_harm(what: str) -> None:
    answer = told()[what]
    assert answer["outcome"] in ({"read", "refused"} if what in MAY_BE_READ else {"refused"}), answer["said"]
    assert answer["outcome"] == "read" or is_sentence(answer["said"]), answer["said"]
    assert answer["seconds"] <= MOST_SECONDS
    assert answer["peak_mb"] <= MOST_MEMORY


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    [answer] = answers([{"name": "lon.csv", "piece": "1;2;3;4;5;6\n", "times": 8_400_000}])
    assert answer["outcome"] == "refused"
    assert is_sentence(answer["said"])
    assert answer["seconds"] < 1
    assert answer["peak_mb"] <= 100 + 150  # the bytes themselves and the program


# The workbook that these two are made from has two rows more on its other sheet.
def test_a_formula_is_its_last_value() -> None:
    assert told()["formula cells"]["said"] == "3 tasks"


def test_a_far_cell_does_not_hide_the_row_beside_the_header() -> None:
    assert told()["cell at the far end"]["said"] == "3 tasks"
