"""Damaged files: the same damage each time, in a process that cannot take more memory or time than it is given."""

import pytest

from tests.fuzz.mutations import mutated
from tests.fuzz.running import SEEDS, crashes, damaged, path_of

# How many of each form fit into the time the suite has; `make fuzz` goes on for as long as it is told.
COUNTS = {"docx": 25, "xlsx": 30, "xls": 30, "csv": 60, "html": 40, "doc": 40, "md": 30, "pdf": 12, "txt": 30}


@pytest.mark.parametrize("extension", sorted(SEEDS))
def test_a_damaged_file_is_read_or_refused_with_a_sentence(extension: str) -> None:
    assert crashes(damaged(extension, 0, COUNTS[extension])) == []


def test_damage_is_the_same_for_the_same_seed() -> None:
    data = path_of("bieu-theo-nam.xlsx").read_bytes()
    assert [mutated(data, seed) for seed in range(20)] == [mutated(data, seed) for seed in range(20)]
    assert len({mutated(data, seed) for seed in range(20)}) == 20
