"""How form fields become HTML where Django's own way is too slow."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseForm, Select
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe


class Renderer(TemplatesSetting):
    """Django's own, but for lists of choices: its template includes two others for each choice, a fifth of a second for
    the districts of the country."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == Select.template_name:
            return select_of(context["widget"])
        return super().render(template_name, context, request)


def select_of(widget: dict[str, Any]) -> SafeString:
    """The select that a widget's context describes, choices in groups where they have any."""
    groups = mark_safe("".join(_group(name, options) for name, options, _index in widget["optgroups"]))  # noqa: S308 (escaped where made)
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    lines = "\n".join(map(_option, options))
    return f'<optgroup label="{escape(name)}">{lines}</optgroup>' if name else lines


def _option(option: dict[str, Any]) -> str:
    value = "" if option["value"] is None else f' value="{escape(option["value"])}"'
    others = flatatt(option["attrs"]) if option["attrs"] else ""
    return f"<option{value}{others}>{conditional_escape(option['label'])}</option>"


def file_of(form: BaseForm, name: str = "file") -> list[tuple[bytes, str]]:
    """The file that was brought with a valid form, if any: its content and name."""
    file: UploadedFile[bytes] | None = form.cleaned_data.get(name)
    return [(file.read(), file.name or "minh-chung")] if file else []


def faults_of(form: BaseForm) -> str:
    """What is wrong with a checked form in one line, each fault after the name of its field; for a page that is not the form's."""
    faults = []
    for name, said in form.errors.items():
        label = f"{form.fields[name].label or name}: " if name in form.fields else ""
        faults.append(label + " ".join(map(str, said)))
    return " ".join(faults)
