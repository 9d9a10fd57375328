"""Tags and filters of every page (builtins: no `load` is needed)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast

from django import template
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    DateInput,
    HiddenInput,
    NumberInput,
    RadioSelect,
    Select,
    TimeInput,
)
from django.http import HttpRequest
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from diaban.foundation.ui import icons, responses
from diaban.foundation.ui.language import TO_ENGLISH, period_name
from diaban.foundation.ui.responses import RefusedForm
from diaban.foundation.ui.status import Look, code_of, look_of
from diaban.lib.vietnamese import format_date, format_number

register = template.Library()
DAY = "%d/%m/%Y"
MINUS = "\N{MINUS SIGN}"


@register.filter
def date_vi(value: date | datetime | str | None) -> str:
    """`05/02/2009`; a moment is told in local time with its hour: `05/02/2009 16:30`; nothing for None."""
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{format_date(moment.date())} {moment:%H:%M}"
    return format_date(value) if isinstance(value, date) else ""


@register.filter
def number(value: Decimal | int | float | str | None, digits: int | str | None = None) -> str:
    """`1.234,5` (in English `1,234.5`), rounded to `digits`; nothing for None or the empty string."""
    if value is None or value == "":
        return ""
    text = format_number(Decimal(str(value)), None if digits in (None, "") else int(digits))
    text = text.replace("-", MINUS)
    return text.translate(TO_ENGLISH) if get_language() == "en" else text


@register.filter
def signed(value: Decimal | int | float | str | None, digits: int | str | None = None) -> str:
    """As `number`, with a plus before what grew: `+20,5`."""
    text = number(value, digits)
    return f"+{text}" if text and text.strip("0,.") and not text.startswith(MINUS) else text


@register.filter
def points(value: Decimal | int | float | str | None, digits: int | str = 1) -> str:
    """A difference of two shares, `+2,5 điểm %`: never to be read as a growth of 2,5 %."""
    text = signed(value, digits)
    return gettext("%(number)s điểm %%") % {"number": text} if text else ""


register.filter("period_name", period_name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "printer" %}`: an icon of the Tabler set. It says nothing to screen readers; put words beside it."""
    return icons.icon(name)


@register.simple_tag
def status(value: object, label: str = "") -> SafeString:
    """`{% status obligation_status %}`: a code, an enum member or a `Look`; `label=` says it in other words."""
    if value is None or value == "":
        return SafeString()
    if not label and not isinstance(value, Look):
        return _status_in(get_language() or "", code_of(value))
    look = look_of(value)
    return _state_of(look, label or str(look.label))


@cache
def _status_in(_language: str, code: str) -> SafeString:
    """A status in its usual words, in the language of the moment: lists say the same few a hundred times."""
    look = look_of(code)
    return _state_of(look, str(look.label))


def _state_of(look: Look, label: str) -> SafeString:
    return format_html('<span class="state state-{}">{}<span>{}</span></span>', look.tone, icons.icon(look.icon), label)


@register.simple_tag(takes_context=True)
def days_left(context: RequestContext, due_on: date | None, is_asked: bool = False) -> SafeString:
    """`còn 3 ngày`, `hôm nay`, `quá 2 ngày`, in calendar days from the actor's today; nothing without a deadline, nor past
    the day of what was only asked for (`is_asked`)."""
    if due_on is None:
        return SafeString()
    days = (due_on - _today(context)).days
    if days == 0:
        return format_html('<span class="left left-soon">{}</span>', gettext("hôm nay"))
    if days < 0 and is_asked:
        return SafeString()
    if days < 0:
        words = ngettext("quá %(days)d ngày", "quá %(days)d ngày", -days) % {"days": -days}
        return format_html('<span class="left left-late">{}</span>', words)
    words = ngettext("còn %(days)d ngày", "còn %(days)d ngày", days) % {"days": days}
    return format_html('<span class="left{}">{}</span>', " left-soon" if days <= 3 else "", words)


def _today(context: RequestContext) -> date:
    """The acting position's today, so that a page and its permissions agree; else the calendar's."""
    actor = context.get("actor")
    return cast("date", actor.today) if actor is not None else timezone.localdate()


@register.simple_tag(takes_context=True)
def acting_position(context: RequestContext) -> SafeString:
    """The hidden field that says in which position a form was filled; beside `csrf_token` in every POST form."""
    position_id = getattr(context.get("actor"), "position_id", None)
    if position_id is None:
        return SafeString()
    return format_html('<input type="hidden" name="acting_position" value="{}">', position_id)


@register.simple_tag(takes_context=True)
def refused_form(context: RequestContext) -> RefusedForm | None:
    """What was typed in the form whose refusal the page tells, to be filled in again; told once."""
    return responses.refused_form(cast("HttpRequest", context["request"]))


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, **changes: Any) -> str:
    """The address's query with some parts changed, `?q=ha&page=2`; None or "" drops a part, and any change drops `page`."""
    request = cast("HttpRequest", context["request"])
    query = request.GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None and value != "":
            query.setlist(name, [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)])
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A form field's input in the classes of the look; errors and help are tied to it."""
    widget = field.field.widget
    attributes: dict[str, Any] = {}
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return SafeString(field.as_widget())
    if isinstance(widget, CheckboxInput):
        css = "form-check-input"
    elif isinstance(widget, Select):
        css = "form-select"
    elif isinstance(widget, HiddenInput):
        css = ""
    else:
        css = "form-control"
    if isinstance(widget, DateInput):
        _as_typed_day(widget, attributes)
    if str(widget.attrs.get("placeholder", "")) == str(field.label):
        attributes["placeholder"] = False  # says nothing that the label does not say
    own = str(widget.attrs.get("class", ""))
    attributes["class"] = " ".join(filter(None, [own, css, "is-invalid" if field.errors else ""]))
    return SafeString(field.as_widget(attrs=attributes))


def _as_typed_day(widget: DateInput, attributes: dict[str, Any]) -> None:
    """A day is typed as it is written here: a browser's own date field follows the language of the machine, often English."""
    widget.input_type = "text"
    widget.format = DAY
    attributes |= {
        "inputmode": "numeric",
        "autocomplete": "off",
        "maxlength": 10,
        "placeholder": gettext("ngày/tháng/năm"),
    }


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether the field is one box to tick: its label stands after it."""
    widget = field.field.widget
    return isinstance(widget, CheckboxInput)


@register.filter
def is_short(field: BoundField) -> bool:
    """Whether what is typed is short and needs no words beside it: a day, an hour, a number. Several stand side by side."""
    return isinstance(field.field.widget, DateInput | TimeInput | NumberInput) and not field.help_text


@dataclass(frozen=True)
class FormPart:
    """Fields of a form. With a title they stand in a fold, open where something is said or wrong in them."""

    title: str
    fields: list[BoundField]

    @property
    def is_open(self) -> bool:
        return any(field.errors or field.value() for field in self.fields)


@register.filter
def parts(form: BaseForm) -> list[FormPart]:
    """A form's fields in their order; those seldom needed apart, as its `FOLDS` names them: (title, names of fields)."""
    folds = getattr(form, "FOLDS", ())
    folded = {name for _title, names in folds for name in names}
    plain = FormPart("", [field for field in form if field.name not in folded])
    return [plain, *(FormPart(title, [form[name] for name in names if name in form.fields]) for title, names in folds)]


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether the field is several boxes or circles: they need a fieldset with a legend."""
    return isinstance(field.field.widget, CheckboxSelectMultiple | RadioSelect)


@register.simple_tag(takes_context=True)
def chips(context: RequestContext, form: Any) -> list[dict[str, str]]:
    """What a filter form narrows by, each with the address without it: rows of `label`, `text`, `href`."""
    found = []
    for field in form:
        value = field.value()
        if value in (None, "", [], False) or value == field.initial or field.is_hidden:
            continue
        found.append({
            "label": str(field.label), "text": _shown(field, value), "href": query_with(context, **{field.name: None}),
        })  # fmt: skip
    return found


def _shown(field: BoundField, value: object) -> str:
    """A filter's value in the words of its choices."""
    values = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return "" if value is True else ", ".join(sorted(values))
    return ", ".join(str(words) for key, words in choices if str(key) in values)
