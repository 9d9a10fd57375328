"""What somebody does at a page: opens it, fills in one of its forms as it is shown, and presses a button."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from diaban.foundation.accounts.models import Account
from diaban.foundation.mandates.middleware import SESSION_KEY

Typed = str | Sequence[str]


@dataclass
class Form:
    """A form as it was shown: what its fields say, what its choices offer."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.faults: list[str] = []
        self._name = ""  # of the select or text area that is open
        self._is_text = False
        self._fault = 0  # how deep inside an error

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "div" and (self._fault or "alert-danger" in given.get("class", "").split()):
            self._fault += 1
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif self.forms and tag in {"input", "select", "textarea", "button", "option"}:
            getattr(self, f"_{tag}")(self.forms[-1], given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._fault:
            self._fault -= 1
        if tag in {"select", "textarea"}:
            self._name, self._is_text = "", False

    def handle_data(self, data: str) -> None:
        if self._is_text:
            self.forms[-1].values[self._name] = [data.removeprefix("\n")]
        if self._fault and data.strip():
            self.faults.append(data.strip())

    def _input(self, form: Form, given: dict[str, str]) -> None:
        name, kind, value = given.get("name", ""), given.get("type", "text"), given.get("value", "")
        if not name or "disabled" in given:
            return
        if kind in {"checkbox", "radio"}:
            form.offered.setdefault(name, []).append(value or "on")
            if "checked" in given:
                form.values.setdefault(name, []).append(value or "on")
        elif kind != "file":
            form.values[name] = [value]

    def _select(self, form: Form, given: dict[str, str]) -> None:
        self._name = given.get("name", "")
        form.offered[self._name] = []
        self._is_many = "multiple" in given

    def _option(self, form: Form, given: dict[str, str]) -> None:
        value = given.get("value", "")
        form.offered[self._name].append(value)
        if "selected" in given or (not self._is_many and self._name not in form.values):
            kept = form.values.get(self._name, []) if self._is_many else []
            form.values[self._name] = [*kept, value]

    def _textarea(self, form: Form, given: dict[str, str]) -> None:
        self._name, self._is_text = given.get("name", ""), True
        form.values[self._name] = [""]

    def _button(self, form: Form, given: dict[str, str]) -> None:
        if "name" in given:
            form.buttons.setdefault(given["name"], []).append(given.get("value", ""))


class Browser:
    """Somebody signed in at a position, before a page."""

    def __init__(self, position_id: int, account_id: int) -> None:
        self.client = Client()
        self.client.force_login(Account.objects.get(pk=account_id), backend="django.contrib.auth.backends.ModelBackend")
        session = self.client.session
        session[SESSION_KEY] = position_id
        session.save()
        self.html, self.url, self.forms = "", "", list[Form]()

    def open(self, url: str) -> "Browser":
        return self._shown(self.client.get(url, follow=True))

    def fill(
        self,
        action: str,
        typed: Mapping[str, Typed] | None = None,
        *,
        button: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> "Browser":
        """Fill in the form that goes to an address (the page's own for a blank one) and send it. Fails for what the form has
        no place for, a choice that it does not offer, and where the page then tells of a fault."""
        typed = typed or {}
        found = [one for one in self.forms if one.action == action] or self._none(action)
        form = next((one for one in found if typed.keys() <= {*one.values, *one.offered}), found[0])
        sent: dict[str, Any] = dict(form.values)
        for name, value in (button or {}).items():
            assert value in form.buttons.get(name, ()), f"no button {name}={value} on {self.url}"
            sent[name] = value
        for place, said in typed.items():
            values = [said] if isinstance(said, str) else list(said)
            assert place in form.values or place in form.offered, (
                f"no field {place} on {self.url}: {sorted(form.values)}"
            )
            missing = [each for each in values if place in form.offered and each not in form.offered[place]]
            assert not missing, f"{place} on {self.url} does not offer {missing}"
            sent[place] = values
        return self._shown(self.client.post(action or self.url, sent, follow=True), status)

    def first_offered(self, name: str) -> str:
        """The first real choice of a field on the page."""
        return next(value for form in self.forms for value in form.offered.get(name, ()) if value)

    def _none(self, action: str) -> list[Form]:
        raise AssertionError(f"no form to {action} on {self.url}: {[one.action for one in self.forms]}")

    def offers(self, button: str) -> bool:
        """Whether the page has a button of that name."""
        return any(button in form.buttons for form in self.forms)

    def _shown(self, answer: Any, status: int = 200) -> "Browser":
        self.url, self.html = answer.request["PATH_INFO"], answer.content.decode()
        if answer.request["QUERY_STRING"]:
            self.url += f"?{answer.request['QUERY_STRING']}"
        reader = _Reader()
        reader.feed(self.html)
        self.forms = reader.forms
        assert answer.status_code in {200, status}, (self.url, answer.status_code, reader.faults)
        assert not reader.faults, (self.url, reader.faults)
        return self
