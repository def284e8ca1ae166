"""What the promises in `test_repository.py` are asked of: files, addresses, public functions and their sources."""

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from django.urls import URLPattern, URLResolver

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "tiendo"


def files(pattern: str, *, under: Path = HOUSE) -> list[Path]:
    """Files we write: caches, migrations and vendored packages left out."""
    skipped = {"migrations", "__pycache__", "vendor"}
    return sorted(file for file in under.rglob(pattern) if not skipped & set(file.parts))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def lines_in(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, nested ones too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    total = (node.end_lineno or node.lineno) - node.lineno + 1
    doc = node.body[0]
    if isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant) and isinstance(doc.value.value, str):
        total -= (doc.end_lineno or doc.lineno) - doc.lineno + 1
    return total


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function answers a request."""
    return bool(node.args.args) and node.args.args[0].arg == "request"


def leaves(patterns: Iterable[URLPattern | URLResolver], prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with the pattern that answers it."""
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, pattern
        else:
            yield from leaves(pattern.url_patterns, here)


RECORD = ("tiendo.audit.record", "record_all")  # `record` is this for one event
Name = tuple[str, str]  # a module and a function in it


class Calls:
    """Who calls whom across the house, followed through imports, so that one can ask what an act ends up calling."""

    def __init__(self) -> None:
        self.modules = {module_of(file): ast.parse(file.read_text(encoding="utf-8")) for file in files("*.py")}
        self.names = {module: dict(_names(tree, module)) for module, tree in self.modules.items()}

    def reaches(self, start: Name, goal: Name) -> bool:
        """Whether the function ends up calling the goal, itself or through others."""
        waiting, seen = [start], {start}
        while waiting:
            for called in self._called_by(waiting.pop()):
                if called == goal:
                    return True
                if called not in seen:
                    seen.add(called)
                    waiting.append(called)
        return False

    def _called_by(self, name: Name) -> Iterator[Name]:
        module, function = name
        for node in getattr(self.modules.get(module), "body", []):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == function:
                for used in ast.walk(node):
                    yield from self._meant(module, used)

    def _meant(self, module: str, node: ast.AST) -> Iterator[Name]:
        """What a name in the module stands for: a function here, an imported one, or one of an imported module."""
        if isinstance(node, ast.Name) and node.id in self.names[module]:
            yield self._origin(self.names[module][node.id])
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner, name = self.names[module].get(node.value.id, ("", ""))
            yield self._origin((f"{owner}.{name}", node.attr))

    def _origin(self, name: Name) -> Name:
        """Where a name that a package hands on was written."""
        seen = set()
        while name not in seen:
            seen.add(name)
            name = self.names.get(name[0], {}).get(name[1], name)
        return name


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _names(tree: ast.Module, module: str) -> Iterator[tuple[str, Name]]:
    """What top-level and imported names of a module stand for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((alias.asname or alias.name, (node.module, alias.name)) for alias in node.names)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, (module, node.name)


def acts() -> list[Callable[..., object]]:
    """Every act of the house: the functions a room's `actions` offers, from one module or from a package of them."""
    found: list[Callable[..., object]] = []
    for place in sorted([*HOUSE.glob("*/actions.py"), *HOUSE.glob("*/actions/__init__.py")]):
        module = import_module(module_of(place))
        for name, member in inspect.getmembers(module, inspect.isfunction):
            if member.__module__.startswith(module.__name__) and not name.startswith("_"):
                found.append(member)
    return found
