"""The rows of two publications set side by side. `{% load reporting_snapshots %}`."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from diaban.foundation.facts.rules.totals import Total
from diaban.foundation.ui.elements import element, joined
from diaban.foundation.ui.templatetags.ui import signed
from diaban.work.reporting.display import figure
from diaban.work.reporting.snapshots import Change

register = template.Library()


@register.filter
def change_rows(changes: Iterable[Change]) -> SafeString:
    """A figure before and after, how many units are in each, and the difference."""
    return joined(_row(change) for change in changes)


def _row(change: Change) -> SafeString:
    unit = element("small", f"({change.unit_of_measure})", css="text-secondary")
    cells = [element("th", change.unit_name, scope="row")] if change.unit_name else []
    label = element("td" if change.unit_name else "th", change.label, " ", unit)
    sides = (_side(total, change.digits) for total in (change.before, change.after))
    return element("tr", *cells, label, *sides, element("td", signed(change.difference, change.digits), css="num"))


def _side(total: Total, digits: int) -> SafeString:
    counted = total.expected > 1 and not total.complete
    below = element("small", f"{total.reported}/{total.expected}", css="d-block text-secondary") if counted else ""
    return element("td", figure(total.value, digits, total.reason), below, css="num")
