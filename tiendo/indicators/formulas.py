"""Computed indicators: arithmetic over the codes of others, such as `[HS-TT] / [HS] * 100`. Pure.

A code stands in square brackets, so it may hold "-", "." and "/". There are the four operations, whole powers up to 10,
brackets, numbers with a point, and `min max abs sum mean coalesce`; nothing else is even read. Values are computed in
the first unit of their kind and told in the result's; ratios are read in the unit of the result, and a quotient of like
things is a plain number, so a percent needs its `* 100`. A missing value makes the result missing; `coalesce` gives
the first of its values that is there. Nothing is rounded on the way.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, DecimalException, localcontext
from functools import lru_cache
from gettext import gettext as _
from typing import Any

from pint.util import UnitsContainer
from simpleeval import SimpleEval  # type: ignore[import-untyped]

from tiendo.indicators.algebra import AMOUNT_FUNCTIONS, AMOUNT_SIGNS, KIND_FUNCTIONS, KIND_SIGNS, Gap, Kind
from tiendo.indicators.courses import DIGITS, STEP
from tiendo.indicators.measures import dimension_of, factor_of, measure_of
from tiendo.ui.sentences import Sentence

LONGEST, MOST_NODES, DEEPEST, HIGHEST_POWER = 1000, 400, 30, 10
LARGEST = Decimal(10) ** 18
_TOKEN = re.compile(
    r"\[(?P<code>[\w./-]{1,60})\]|(?P<number>[0-9]+(?:\.[0-9]+)?)(?![\w.])|(?P<function>[a-z]+)(?=\s*\()"
    r"|(?P<sign>\*\*|[-+*/(),])|(?P<space>\s+)",
    re.ASCII,
)
_NODES = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Load, ast.operator, ast.unaryop)


@dataclass(frozen=True)
class Formula:
    """A formula that was read: `names` and `numbers` say what the identifiers in its tree stand for."""

    text: str
    tree: ast.expr
    names: Mapping[str, str]
    numbers: Mapping[str, Decimal]

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicators it needs, in the order in which they are named."""
        return tuple(dict.fromkeys(self.names.values()))


@dataclass(frozen=True)
class Outcome:
    """A value, or the reason why there is none."""

    value: Decimal | None
    reason: Sentence | None = None


@lru_cache(maxsize=4096)
def read_formula(text: str) -> Formula:
    """The formula a text holds.

    Raises ValueError, with a sentence, for anything that is not arithmetic over codes, or is too long or too deep.
    """
    if len(text) > LONGEST:
        raise ValueError(Sentence.of(_("Công thức dài quá {most} ký tự."), most=LONGEST))
    names: dict[str, str] = {}
    numbers: dict[str, Decimal] = {}
    written = _spelled(text, names, numbers)
    try:
        parsed = SimpleEval.parse(written) if written.strip() else None
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        parsed = None
    if not isinstance(parsed, ast.Expr):
        raise ValueError(Sentence.of(_("Công thức viết chưa đúng; viết như [A] / [B] * 100.")))
    _bound(parsed.value, names, numbers)
    return Formula(text, parsed.value, names, numbers)


def check_formula(text: str, units: Mapping[str, str], result: str) -> Formula:
    """The formula, once its codes are known and its units of measure fit one another and the result's.

    `units` gives the unit of measure of each indicator there is. Raises ValueError, with a sentence.
    """
    formula = read_formula(text)
    unknown = [code for code in formula.codes if code not in units]
    if unknown:
        raise ValueError(Sentence.of(_("Không có chỉ tiêu mang mã {codes}."), codes=", ".join(unknown)))
    kinds = {code: Kind(dimension_of(units[code]), measure_of(units[code]).name) for code in formula.codes}
    numbers = {name: Kind(UnitsContainer(), _("số"), number) for name, number in formula.numbers.items()}
    given = {name: kinds[code] for name, code in formula.names.items()} | numbers
    found = _evaluated(formula.tree, given, KIND_SIGNS, KIND_FUNCTIONS)
    wanted = Kind(dimension_of(result), measure_of(result).name)
    if found.dimension != wanted.dimension:
        raise ValueError(
            Sentence.of(
                _("Công thức cho ra “{found}”, chỉ tiêu đo bằng “{wanted}”."), found=found.words, wanted=wanted.words
            )
        )
    return formula


def compute(text: str, values: Mapping[str, Decimal | None], units: Mapping[str, str], result: str) -> Outcome:
    """The value of a formula whose units were checked, in the unit `result`, at most 6 decimals.

    Codes without a value make it "không tính được vì thiếu …"; so does a denominator of 0, and a result too large.
    """
    formula = read_formula(text)
    given: dict[str, object] = dict(formula.numbers)
    for name, code in formula.names.items():
        value = values.get(code)
        given[name] = Gap((code,)) if value is None else _loaded(value, units[code], result)
    try:
        with localcontext(prec=DIGITS):
            found = _evaluated(formula.tree, given, AMOUNT_SIGNS, AMOUNT_FUNCTIONS)
            if isinstance(found, Gap):
                return Outcome(None, _why(found))
            told = Decimal(found) / (factor_of(result) if dimension_of(result) else 1)
            fits = abs(told) < LARGEST
            return Outcome(told.quantize(STEP, rounding=ROUND_HALF_EVEN)) if fits else _TOO_LARGE
    except DecimalException:
        return _TOO_LARGE


_TOO_LARGE = Outcome(None, Sentence.of(_("Không tính được vì kết quả quá lớn.")))


def _spelled(text: str, names: dict[str, str], numbers: dict[str, Decimal]) -> str:
    """The formula with an identifier for each code and number; whatever is neither, nor a sign, is refused."""
    place, written = 0, []
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or (found["function"] and found["function"] not in AMOUNT_FUNCTIONS):
            raise ValueError(Sentence.of(_("Không hiểu “{part}” trong công thức."), part=text[place : place + 20]))
        if found["code"]:
            names[f"c{place}"] = found["code"]
        elif found["number"]:
            numbers[f"n{place}"] = Decimal(found["number"])
        named = (found["code"] and f"c{place}") or (found["number"] and f"n{place}")
        written.append(named or found["function"] or found["sign"] or " ")
        place = found.end()
    return " ".join(written)


def _bound(tree: ast.expr, names: Mapping[str, str], numbers: Mapping[str, Decimal]) -> None:
    """Refuse what is not arithmetic, and trees too large to be anybody's formula."""
    nodes = list(ast.walk(tree))
    if len(nodes) > MOST_NODES or _depth(tree) > DEEPEST:
        raise ValueError(Sentence.of(_("Công thức quá phức tạp; tách thành vài chỉ tiêu tính được.")))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    called = {id(node.func) for node in calls}
    wrong = any(not isinstance(node, _NODES) for node in nodes) or any(
        isinstance(node, ast.Name) and node.id not in (AMOUNT_FUNCTIONS if id(node) in called else {**names, **numbers})
        for node in nodes
    )
    if wrong or any(not call.args or (_called(call) == "abs" and len(call.args) > 1) for call in calls):
        raise ValueError(Sentence.of(_("Công thức viết chưa đúng; viết như [A] / [B] * 100.")))
    for node in nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            _exponent(node.right, numbers)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _depth(node: ast.AST) -> int:
    return 1 + max((_depth(child) for child in ast.iter_child_nodes(node)), default=0)


def _exponent(node: ast.expr, numbers: Mapping[str, Decimal]) -> int:
    """A written whole number from -10 to 10: what a value is raised to is never computed."""
    sign = -1 if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else 1
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    power = numbers.get(inner.id) if isinstance(inner, ast.Name) else None
    if power is None or power != int(power) or power > HIGHEST_POWER:
        raise ValueError(Sentence.of(_("Số mũ phải là số nguyên viết sẵn, không quá {most}."), most=HIGHEST_POWER))
    return sign * int(power)


def _evaluated(
    tree: ast.expr,
    given: Mapping[str, Any],
    signs: Mapping[type[ast.AST], Callable[..., Any]],
    functions: Mapping[str, Callable[..., Any]],
) -> Any:
    evaluator = SimpleEval(operators=dict(signs), functions=dict(functions), names=dict(given))
    return evaluator.eval("", previously_parsed=tree)


def _loaded(value: Decimal, unit: str, result: str) -> Decimal:
    """In the first unit of its kind; a ratio in the result's unit where that is a ratio too, else as it stands."""
    with localcontext(prec=DIGITS):
        if dimension_of(unit):
            return value * factor_of(unit)
        return value if dimension_of(result) else value * factor_of(unit) / factor_of(result)


def _why(gap: Gap) -> Sentence:
    if gap.missing:
        return Sentence.of(_("Không tính được vì thiếu {codes}."), codes=", ".join(gap.missing))
    return Sentence.of(_("Không tính được vì mẫu số bằng 0."))
