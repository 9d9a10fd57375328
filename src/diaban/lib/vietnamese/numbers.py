"""Numbers as Vietnamese write them: a dot between thousands, a comma before the fraction. Exact, never binary fractions."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

MOST_DIGITS = 30
_EXACT = Context(prec=2 * MOST_DIGITS + 40, rounding=ROUND_HALF_UP)
_TO_VIETNAMESE = str.maketrans(",.", ".,")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")

_PLAIN = re.compile(r"([+-]?)([0-9]+)(?:,([0-9]+))?")
_GROUPED = re.compile(r"([+-]?)([1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:,([0-9]+))?")
_ENGLISH = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]+)|([+-]?)([0-9]{1,3}(?:,[0-9]{3}){2,})")
_POINT = re.compile(r"([+-]?)([0-9]*)\.([0-9]*)")
_BARE_COMMA = re.compile(r"([+-]?)(?:,([0-9]+)|([0-9]+),)")
_SHAPE = "Gõ như “1.234,5”: dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân."


class BadNumber(ValueError):
    """What was typed is no number, or could mean two. The message says, in Vietnamese, what to type instead."""


def format_number(value: Decimal | int, digits: int | None = None) -> str:
    """`1.234,5`, rounded half-up to `digits` decimals; without `digits` exactly as it is, without trailing zeros."""
    number = _exact(value)
    if digits is None:
        text = f"{number:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{number.quantize(Decimal(1).scaleb(-digits), context=_EXACT):,f}"
    text = text.translate(_TO_VIETNAMESE)
    return text.lstrip("-") if not text.strip("-0,") else text


def _exact(value: Decimal | int) -> Decimal:
    if not isinstance(value, Decimal | int):
        raise TypeError(f"only Decimal and int are exact, not {type(value).__name__}")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{value} cannot be written")
    return number


def parse_number(text: str, *, digits: int | None = None, integer: bool = False) -> Decimal:
    """What a Vietnamese means by a typed number: "1.923" and "1 923" are 1923, "92,2" is 92.2.

    `digits` is how many decimals may be typed; `integer` says none. Raises `BadNumber` for anything that is no number, is
    written the English way ("1.5", "1,234.5") or has more decimals than allowed.
    """
    typed = _BLANKS.sub(" ", text).strip().translate(_MINUS)
    if not typed:
        raise BadNumber("Chưa gõ số. Nếu không phát sinh, gõ 0.")
    found = _PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed)
    if found is None:
        raise BadNumber(_what_is_wrong(typed))
    sign, whole, fraction = found[1], re.sub(r"[. ]", "", found[2]), found[3] or ""
    if len(whole) + len(fraction) > MOST_DIGITS:
        raise BadNumber(f"Số quá dài: chỉ nhận đến {MOST_DIGITS} chữ số.")
    allowed = 0 if integer else digits
    if allowed is not None and len(fraction) > allowed:
        raise BadNumber(_too_fine(typed, sign.strip("+"), whole, fraction, allowed))
    number = Decimal(f"{whole}.{fraction or '0'}") if fraction else Decimal(whole)
    return -number if sign == "-" and number else number


def _too_fine(typed: str, sign: str, whole: str, fraction: str, digits: int) -> str:
    """The message for too many decimals; "1,923" may have been meant as English thousands."""
    asked = "số nguyên, không có phần thập phân" if digits == 0 else f"nhiều nhất {digits} chữ số sau dấu phẩy"
    if len(fraction) == 3 and len(whole) <= 3 and whole.strip("0"):
        return f"“{typed}” không nhận được: ô này cần {asked}. Nếu là số hàng nghìn, hãy gõ “{sign}{whole}.{fraction}”."
    rounded = format_number(Decimal(f"{sign}{whole}.{fraction}"), digits)
    return f"“{typed}” không nhận được: ô này cần {asked}. Nếu làm tròn, hãy gõ “{rounded}”."


def _what_is_wrong(typed: str) -> str:
    meant = _meant(typed)
    if meant:
        return f"“{typed}” viết theo cách khác: dấu chấm chỉ để ngăn hàng nghìn, dấu phẩy trước phần thập phân. Hãy gõ “{meant}”."
    if typed.endswith("%") and not _is_bad(typed[:-1]):
        return f"Chỉ gõ số, không gõ dấu %. Hãy gõ “{typed[:-1].strip()}”."
    if not re.fullmatch(r"[0-9.,+\- ]*[0-9][0-9.,+\- ]*", typed):
        return f"“{typed}” không phải là số: chỉ gõ chữ số, không gõ chữ hay đơn vị tính. {_SHAPE}"
    return f"“{typed}” không rõ là số nào. {_SHAPE}"


def _meant(typed: str) -> str:
    """What was most likely meant by a number in another country's shape, written ours; empty where nobody can know."""
    if found := _ENGLISH.fullmatch(typed):
        sign, whole = found[1] or found[4] or "", (found[2] or found[5]).replace(",", ".")
        return f"{sign}{whole},{found[3]}" if found[3] else f"{sign}{whole}"
    if (found := _POINT.fullmatch(typed)) and (found[2] or found[3]):
        return f"{found[1]}{found[2] or '0'},{found[3]}" if found[3] else f"{found[1]}{found[2]}"
    if found := _BARE_COMMA.fullmatch(typed):
        return f"{found[1]}0,{found[2]}" if found[2] else f"{found[1]}{found[3]}"
    return ""


def _is_bad(typed: str) -> bool:
    try:
        parse_number(typed)
    except BadNumber:
        return True
    return False
