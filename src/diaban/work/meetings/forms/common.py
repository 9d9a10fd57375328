"""What the forms of this room share."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

Choices = Sequence[tuple[Any, Any]]


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def hour() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


def file_of(form: forms.Form) -> tuple[bytes, str]:
    """The bytes and the name of a valid form's file."""
    file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
    return file.read(), file.name or "tep"
