"""Which numbers an indicator takes."""

from decimal import Decimal

from django.utils.translation import gettext as _

from diaban.foundation.facts.models import Indicator, ValueType
from diaban.lib.vietnamese import BadNumber, format_number

MOST_DECIMALS = 4


def within(indicator: Indicator, value: Decimal) -> Decimal:
    """The value itself. Raises `BadNumber` where it is too fine, broken where things are counted, or out of bounds."""
    exponent = value.normalize().as_tuple().exponent
    called = format_number(value) if value.is_finite() else str(value)
    if not isinstance(exponent, int) or -exponent > MOST_DECIMALS:
        raise BadNumber(
            _("“%(value)s” có quá %(digits)s chữ số sau dấu phẩy.") % {"value": called, "digits": MOST_DECIMALS}
        )
    if indicator.value_type == ValueType.INTEGER and value != value.to_integral_value():
        raise BadNumber(_("“%(value)s”: chỉ tiêu này đếm bằng số nguyên.") % {"value": called})
    if indicator.least is not None and value < indicator.least:
        least = format_number(indicator.least)
        raise BadNumber(_("“%(value)s”: không được nhỏ hơn %(least)s.") % {"value": called, "least": least})
    if indicator.most is not None and value > indicator.most:
        most = format_number(indicator.most)
        raise BadNumber(_("“%(value)s”: không được lớn hơn %(most)s.") % {"value": called, "most": most})
    return value
