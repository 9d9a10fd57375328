"""What every page of the shell needs."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diaban.faces.web.navigation import Group, Item, bar, navigation
from diaban.faces.web.queries import Frame, frame
from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.actors import Choice

OWN_LINKS = (
    ("accounts:preferences", _("Tùy chọn của tôi"), "settings"),
    ("account_change_password", _("Đổi mật khẩu"), "lock"),
    ("mfa_index", _("Xác thực hai lớp"), "shield-lock"),
    ("jobs:jobs", _("Tiến trình"), "progress"),
    ("mandates:tokens", _("Khóa truy cập cho phần mềm"), "key"),
)


@dataclass(frozen=True)
class OwnLink:
    url: str
    label: Promise | str
    icon: str


class Shell:
    """The frame around a page. Everything is looked up when a template asks, so that fragments pay for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._actor: Actor | None = getattr(request, "actor", None)

    @cached_property
    def _frame(self) -> Frame:
        account = getattr(self._request, "user", None)
        return frame(account.pk if account is not None else None)

    @property
    def name(self) -> str:
        return self._frame.name

    @property
    def notice(self) -> str:
        return self._frame.notice_en or self._frame.notice if get_language() == "en" else self._frame.notice

    @property
    def unread(self) -> int:
        return self._frame.unread

    @property
    def theme(self) -> str:
        """`light` or `dark` as the reader chose; empty to follow the machine."""
        account = getattr(self._request, "user", None)
        chosen = getattr(account, "preferences", {}).get("theme", "")
        return chosen if chosen in {"light", "dark"} else ""

    @cached_property
    def navigation(self) -> tuple[Group, ...]:
        return navigation(self._actor, self._request.path) if self._actor else ()

    @property
    def bar(self) -> tuple[Item, ...]:
        return bar(self.navigation)

    @cached_property
    def _positions(self) -> tuple[Choice, ...]:
        return cast("tuple[Choice, ...]", getattr(self._request, "positions", ()))

    @property
    def other_positions(self) -> list[Choice]:
        return [choice for choice in self._positions if not self._is_mine(choice)]

    @property
    def position_title(self) -> str:
        mine = self._mine
        return mine.title if mine else getattr(self._actor, "label", "")

    @property
    def position_office(self) -> str:
        mine = self._mine
        return mine.organisation if mine else ""

    @property
    def _mine(self) -> Choice | None:
        return next((choice for choice in self._positions if self._is_mine(choice)), None)

    def _is_mine(self, choice: Choice) -> bool:
        return self._actor is not None and choice.position_id == self._actor.position_id

    @property
    def own_links(self) -> list[OwnLink]:
        return [OwnLink(url, label, icon) for name, label, icon in OWN_LINKS if (url := address(name))]

    @property
    def search_url(self) -> str:
        return address("web:search")

    @property
    def notices_url(self) -> str:
        return address("accounts:notices")

    @property
    def language_url(self) -> str:
        return address("accounts:language")

    @property
    def switch_url(self) -> str:
        return address("mandates:switch_position")

    @property
    def login_url(self) -> str:
        return address("account_login")

    @property
    def logout_url(self) -> str:
        return address("account_logout")


def address(name: str) -> str:
    """The address of that name; empty where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The acting position and the frame, for the base template."""
    return {"actor": getattr(request, "actor", None), "shell": Shell(request)}
