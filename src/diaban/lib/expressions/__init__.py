"""The small safe language of checks and formulas: names of cells, numbers, + - * /, comparisons, a few functions."""

from diaban.lib.expressions.expressions import BadExpression, Expression, Values, parse

__all__ = ["BadExpression", "Expression", "Values", "parse"]
