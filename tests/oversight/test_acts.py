"""The room offers every act it has, so that what the house promises of acts is asked of each of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tiendo.oversight import actions


def acts() -> Iterator[str]:
    """Public functions of the room's modules of acts that say by whom and when."""
    for file in sorted(Path(actions.__path__[0]).glob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                named = {argument.arg for argument in node.args.kwonlyargs}
                if {"by", "at"} <= named and not node.args.args:
                    yield node.name


def test_every_act_is_offered_by_the_room() -> None:
    found = list(acts())
    assert len(found) > 40
    assert len(found) == len(set(found))
    assert set(found) == set(actions.__all__)
