"""Parsing by Python's own grammar, through a white list; evaluation in exact decimals.

A value that is missing makes the whole result missing: a check is then skipped, a formula has no value.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from functools import cached_property, lru_cache

LONGEST, DEEPEST, MOST_NODES = 2000, 110, 400  # a sum of a hundred terms is a hundred deep
PRECISION = Context(prec=50, traps=[DivisionByZero, InvalidOperation, Overflow])
PLAIN_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
PI = Decimal("3.14159265358979323846264338327950288419716939937511")
REACHES = frozenset({"prev", "lastyear", "rows"})
FUNCTIONS = frozenset({"abs", "min", "max", "sqrt"}) | REACHES
ARITHMETIC: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARISONS: dict[type[ast.cmpop], Callable[[Decimal, Decimal], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class BadExpression(ValueError):
    """A text outside the language; the message says in Vietnamese what and where."""


class _Missing(Exception):
    """A named cell has no value, or a division has no result."""


Result = Decimal | bool


@dataclass(frozen=True)
class Values:
    """What names stand for: this period's cells, the same cells of the previous period and of a year ago, and the
    number of lines of lists. A name that is absent or None has no value."""

    now: Mapping[str, Decimal | None]
    previous: Mapping[str, Decimal | None] = field(default_factory=dict)
    last_year: Mapping[str, Decimal | None] = field(default_factory=dict)
    row_counts: Mapping[str, int] = field(default_factory=dict)


Compiled = Callable[[Values], Result]


@dataclass(frozen=True)
class Expression:
    """A parsed expression."""

    text: str
    tree: ast.expr = field(compare=False, repr=False)

    @cached_property
    def names(self) -> frozenset[str]:
        """Cells of this period."""
        return frozenset(name for reach, name in self._mentions if reach == "")

    @cached_property
    def prev_names(self) -> frozenset[str]:
        return frozenset(name for reach, name in self._mentions if reach == "prev")

    @cached_property
    def lastyear_names(self) -> frozenset[str]:
        return frozenset(name for reach, name in self._mentions if reach == "lastyear")

    @cached_property
    def rows_names(self) -> frozenset[str]:
        return frozenset(name for reach, name in self._mentions if reach == "rows")

    @cached_property
    def _mentions(self) -> frozenset[tuple[str, str]]:
        return frozenset(_mentions(self.tree))

    @cached_property
    def _compiled(self) -> Compiled:
        return _compile(self.tree)

    def evaluate(self, values: Values) -> Result | None:
        """The result, exact to 50 digits; None where a value it names is missing or a divisor is zero.

        Every part is looked at: `A > 0 or B > 0` has no result without B, whatever A is.
        """
        with localcontext(PRECISION):
            try:
                return self._compiled(values)
            except (_Missing, DivisionByZero, InvalidOperation, Overflow):
                return None

    def without(self, names: frozenset[str]) -> "Expression":
        """The expression with additive terms that name one of `names` left out.

        Raises `BadExpression` where such a name stands anywhere but in a sum or difference.
        """
        if not names & self.names:
            return self
        tree = _prune(self.tree, names)
        if tree is None or {name for _reach, name in _mentions(tree)} & names:
            raise BadExpression(f"Không bỏ được {', '.join(sorted(names & self.names))} khỏi “{self.text}”.")
        return Expression(ast.unparse(tree), tree)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read an expression. Raises `BadExpression`."""
    if len(text) > LONGEST:
        raise BadExpression(f"Biểu thức dài quá {LONGEST} ký tự.")
    source = text.strip()
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        place = getattr(problem, "offset", None)
        raise BadExpression(f"Không đọc được biểu thức{f' ở ký tự {place}' if place else ''}: {source}") from problem
    if sum(1 for _node in ast.walk(tree)) > MOST_NODES:
        raise BadExpression("Biểu thức có quá nhiều phần; hãy tách thành nhiều dòng kiểm tra.")
    _allow(tree, source, 0)
    return Expression(source, tree)


def _refuse(node: ast.expr, source: str) -> BadExpression:
    piece = ast.get_source_segment(source, node) or source
    place = len(source.encode()[: node.col_offset].decode(errors="replace")) + 1
    return BadExpression(
        f"“{piece}” (ký tự {place}) không dùng được: chỉ có tên ô, số, + - * /, so sánh, and, or, "
        f"{', '.join(sorted(FUNCTIONS))}."
    )


def _allow(node: ast.expr, source: str, depth: int) -> None:
    if depth > DEEPEST:
        raise BadExpression("Biểu thức lồng quá sâu.")
    children = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    if isinstance(node, ast.Call):
        if not _is_call(node):
            raise _refuse(node, source)
        children = node.args
    elif not _is_plain(node, source):
        raise _refuse(node, source)
    for child in children:
        _allow(child, source, depth + 1)


def _is_plain(node: ast.expr, source: str) -> bool:
    """Whether a node that is no call belongs to the language, its parts apart."""
    match node:
        case ast.Name(id=name):
            return name not in FUNCTIONS
        case ast.BoolOp() | ast.UnaryOp(op=ast.USub()):
            return True
        case ast.Constant(value=value):
            return _is_exact(value, ast.get_source_segment(source, node) or "")
        case ast.BinOp(op=op):
            return type(op) in ARITHMETIC
        case ast.Compare(ops=ops):
            return all(type(op) in COMPARISONS for op in ops)
    return False


def _is_exact(value: object, written: str) -> bool:
    """Whether a constant is a number in plain digits that Python read without loss."""
    return PLAIN_NUMBER.fullmatch(written) is not None and Decimal(str(value)) == Decimal(written)


def _is_call(node: ast.Call) -> bool:
    """Whether a call is of a known function with the arguments it takes, the arguments' own parts apart."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS or node.keywords or not node.args:
        return False
    if name in REACHES:
        return len(node.args) == 1 and isinstance(node.args[0], ast.Name)
    return len(node.args) == 1 or name in {"min", "max"}


def _mentions(node: ast.AST) -> list[tuple[str, str]]:
    match node:
        case ast.Name(id="pi"):
            return []
        case ast.Name(id=name):
            return [("", name)]
        case ast.Call(func=ast.Name(id=reach), args=[ast.Name(id=name)]) if reach in REACHES:
            return [(reach, name)]
        case ast.Call(args=arguments):
            return [found for argument in arguments for found in _mentions(argument)]
    return [found for child in ast.iter_child_nodes(node) for found in _mentions(child)]


def _prune(node: ast.expr, names: frozenset[str]) -> ast.expr | None:
    """The tree without the additive terms that are one of `names`; None where nothing is left."""
    if isinstance(node, ast.Name) and node.id in names:
        return None
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)):
        return node
    left, right = _prune(node.left, names), _prune(node.right, names)
    if right is None:
        return left
    if left is None:
        return ast.UnaryOp(ast.USub(), right) if isinstance(node.op, ast.Sub) else right
    return ast.BinOp(left, node.op, right)


def _compile(node: ast.expr) -> Compiled:
    match node:
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _compile_call(name, arguments)
        case ast.BinOp(left=left, op=op, right=right):
            first, second, act = _compile(left), _compile(right), ARITHMETIC[type(op)]
            return lambda values: act(_number(first(values)), _number(second(values)))
        case ast.BoolOp(op=op, values=parts):
            return _compile_logic(parts, any if isinstance(op, ast.Or) else all)
        case ast.Compare():
            return _compile_comparison(node)
    return _compile_simple(node)


def _compile_simple(node: ast.expr) -> Compiled:
    match node:
        case ast.Constant(value=value):
            number = Decimal(str(value))
            return lambda values: number
        case ast.Name(id="pi"):
            return lambda values: PI
        case ast.Name(id=name):
            return lambda values: _known(values.now.get(name))
        case ast.UnaryOp(operand=operand):
            inner = _compile(operand)
            return lambda values: -_number(inner(values))
    raise BadExpression(ast.dump(node))


def _compile_call(name: str, arguments: list[ast.expr]) -> Compiled:
    if name in REACHES and isinstance(arguments[0], ast.Name):
        cell = arguments[0].id
        if name == "rows":
            return lambda values: Decimal(values.row_counts.get(cell, 0))
        if name == "prev":
            return lambda values: _known(values.previous.get(cell))
        return lambda values: _known(values.last_year.get(cell))
    parts = [_compile(argument) for argument in arguments]
    if name == "sqrt":
        return lambda values: _number(parts[0](values)).sqrt()
    if name == "abs":
        return lambda values: abs(_number(parts[0](values)))
    choose = min if name == "min" else max
    return lambda values: choose(_number(part(values)) for part in parts)


def _compile_logic(parts: list[ast.expr], combine: Callable[[list[bool]], bool]) -> Compiled:
    compiled = [_compile(part) for part in parts]
    return lambda values: combine([bool(part(values)) for part in compiled])


def _compile_comparison(node: ast.Compare) -> Compiled:
    parts = [_compile(part) for part in (node.left, *node.comparators)]
    acts = [COMPARISONS[type(op)] for op in node.ops]

    def compare(values: Values) -> bool:
        numbers = [_number(part(values)) for part in parts]
        return all(act(first, second) for act, first, second in zip(acts, numbers, numbers[1:], strict=False))

    return compare


def _known(value: Decimal | None) -> Decimal:
    if value is None:
        raise _Missing
    return value


def _number(value: Result) -> Decimal:
    return Decimal(value) if isinstance(value, bool) else value
