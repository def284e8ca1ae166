from types import SimpleNamespace

from tiendo.portal.tree import tree_of


def _item(path: str, parent: str | None = None, kind: str = "bullet") -> SimpleNamespace:
    return SimpleNamespace(path=path, parent_path=parent, kind=kind)


def test_items_hang_under_their_branches_and_tasks_under_their_items() -> None:
    items = [
        _item("I", kind="section"),
        _item("I.1", "I", "section"),
        _item("I.1#1", "I.1"),
        _item("II", kind="section"),
    ]
    [first, second] = tree_of(items, {"I.1#1": ["a", "b"], "I": ["c"]})
    assert (first.item.path, first.is_branch, first.tasks, first.task_count) == ("I", True, ["c"], 3)
    assert first.children[0].children[0].tasks == ["a", "b"]
    assert not first.children[0].children[0].is_branch
    assert (second.item.path, second.task_count) == ("II", 0)


def test_an_item_whose_branch_is_not_there_stands_at_the_root() -> None:
    assert [node.item.path for node in tree_of([_item("X#1", "X")], {})] == ["X#1"]
