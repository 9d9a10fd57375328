"""What is typed on the pages of drafts, as records."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.lib.vietnamese import format_number
from diaban.work.reporting.designing.records import (
    COLUMNS,
    MOST_NUMBER,
    Column,
    Record,
    Table,
    Unread,
    cleaned,
    read_value,
)

MOST_COLUMNS = 12


class RecordForm(forms.Form):
    """One record of a table. A value that is missing, or no value of its column, is refused.

    `choices` offers codes of the catalogue for some columns.
    """

    def __init__(
        self,
        typed: Mapping[str, Any] | None,
        table: Table,
        record: Record,
        choices: Mapping[str, list[tuple[str, str]]],
    ) -> None:
        super().__init__(
            typed, initial={column.key: _typed(column, record.get(column.key, "")) for column in table.columns}
        )
        self.table = table
        for column in table.columns:
            self.fields[column.key] = _field(column, choices.get(column.key))

    def clean(self) -> dict[str, Any]:
        cleaned_data: dict[str, Any] = super().clean() or {}
        for column in self.table.columns:
            try:
                cleaned_data[column.key] = read_value(column, str(cleaned_data.get(column.key, "")))
            except Unread as problem:
                self.add_error(column.key, str(problem))
        return cleaned_data

    @property
    def record(self) -> Record:
        """The record of a valid form."""
        return {column.key: self.cleaned_data[column.key] for column in self.table.columns}


def _typed(column: Column, value: str) -> str:
    return format_number(Decimal(value)) if column.kind == "decimal" and value else value


def _field(column: Column, offered: list[tuple[str, str]] | None) -> forms.Field:
    choices = column.options if column.kind == "choice" else offered
    if choices is not None:
        blank = [("", _("(chọn)"))]
        return forms.ChoiceField(
            label=str(column.title), choices=[*blank, *choices], required=column.is_required, help_text=str(column.hint)
        )
    widget = forms.Textarea(attrs={"rows": 3}) if column.longest == 400 and column.kind == "text" else forms.TextInput()
    return forms.CharField(
        label=str(column.title),
        required=column.is_required,
        max_length=column.longest,
        help_text=str(column.hint),
        widget=widget,
    )


class PublishForm(forms.Form):
    """From which day a version holds."""

    valid_from = forms.DateField(
        label=_("Áp dụng từ ngày"),
        widget=forms.DateInput(),
        help_text=_("Kỳ kết thúc từ ngày này trở đi làm theo phiên bản mới."),
    )


def members_from(typed: Mapping[str, str], line: Record, codes: list[str]) -> list[Record]:
    """The members' labels of one line in the order of the numbers typed beside them; a blank label is the catalogue's own."""
    given = [(_place(typed.get(f"thu-tu-{code}", ""), place), code) for place, code in enumerate(codes)]
    return [
        {"indicator": line["indicator"], "dimension": line["dimension"], "code": code, "label": label}
        for _order, code in sorted(given, key=lambda one: one[0])
        if (label := cleaned(typed.get(f"nhan-{code}", ""))[:150])
    ]


def _place(text: str, otherwise: int) -> tuple[int, int]:
    is_number = text.isdecimal() and len(text) <= 4
    return (int(text) if is_number else MOST_NUMBER, otherwise)


def columns_from(typed: Mapping[str, str], heading: str) -> list[Record]:
    """The columns of a table of words; a line without code and name is no column."""
    found: list[Record] = []
    for number in range(MOST_COLUMNS):
        record = {"heading": heading}
        for key in ("code", "label"):
            record[key] = cleaned(typed.get(f"{key}-{number}", ""))[: COLUMNS.column(key).longest]
        if record["code"] or record["label"]:
            found.append(record)
    return found
