"""The left side and the bar of five: what there is, and what the acting position may use of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.catalogue import all_acts


@dataclass(frozen=True)
class Item:
    """One line. `place` is the name of an address; with `acts`, it is shown to whoever may do one of them.

    `short` is its word in the bar of a telephone.
    """

    place: str
    label: Promise | str
    icon: str
    acts: tuple[str, ...] = ()
    short: Promise | str = ""
    url: str = ""
    is_here: bool = False
    is_exact: bool = False


@dataclass(frozen=True)
class Group:
    label: Promise | str
    lines: tuple[Item, ...]


GROUPS = (
    Group(
        "",
        (Item("web:home", _("Việc của tôi"), "checkbox", short=pgettext_lazy("menu", "Việc")),),
    ),
    Group(
        _("Thu thập, tổng hợp"),
        (
            Item(
                "reporting:reports", _("Báo cáo, số liệu"), "report-analytics", short=pgettext_lazy("menu", "Báo cáo")
            ),
            Item(
                "reporting:supplies",
                _("Cung cấp số liệu"),
                "table-import",
                acts=("reporting.supply",),
                short=_("Cung cấp"),
            ),
            Item(
                "reporting:consolidation",
                _("Số liệu tổng hợp"),
                "table",
                acts=("reporting.consolidate", "reporting.read_all", "reporting.read", "reporting.read_audit"),
            ),
            Item("requests:requests", _("Thu thập số liệu nhanh"), "send"),
            Item("analysis:table", _("Phân tích số liệu"), "chart-dots"),
            Item("ranking:boards", _("Xếp hạng, thi đua"), "trophy"),
            Item("history:series", _("Chuỗi số liệu theo kỳ"), "chart-line"),
        ),
    ),
    Group(
        _("Chỉ đạo, điều hành"),
        (
            Item("meetings:week", _("Lịch công tác"), "calendar-week"),
            Item("meetings:meetings", _("Cuộc họp, giao ban"), "users"),
            Item("meetings:briefings", _("Giao ban định kỳ"), "users-group"),
            Item("meetings:visits", pgettext_lazy("menu", "Đoàn công tác"), "route"),
            Item(
                "directives:directives",
                _("Giao nhiệm vụ, theo dõi"),
                "clipboard-check",
                short=pgettext_lazy("menu", "Nhiệm vụ"),
            ),
            Item("difficulties:difficulties", _("Khó khăn, kiến nghị"), "message-report", short=_("Kiến nghị")),
            Item("obligations:obligations", _("Việc phải thực hiện"), "list-check", short=_("Theo dõi")),
            Item("documents:documents", _("Văn bản"), "file-text", short=_("Văn bản")),
        ),
    ),
    Group(
        _("Địa bàn, bộ máy"),
        (
            Item("web:own_place", _("Địa phương của tôi"), "map-pin", acts=("reporting.read_own", "reporting.compile")),
            Item("territory:tree", _("Địa bàn"), "map-2", short=_("Địa bàn")),
            Item("mandates:matrix", _("Chức năng, nhiệm vụ"), "sitemap"),
            Item("organisations:list", _("Cơ quan, đơn vị"), "building-community"),
            Item("organisations:directory", _("Danh bạ đầu mối"), "address-book", short=_("Danh bạ")),
            Item(
                "reforms:reforms", _("Sắp xếp đơn vị, bộ máy"), "arrows-split-2", acts=("reforms.see", "reforms.plan")
            ),
        ),
    ),
    Group(
        _("Quy định, danh mục"),
        (
            Item("reporting:schedules", _("Chế độ báo cáo"), "calendar-repeat"),
            Item("reporting:forms", _("Biểu mẫu báo cáo"), "forms"),
            Item("obligations:days_off", _("Ngày nghỉ, ngày làm bù"), "calendar-off"),
            Item("facts:indicators", _("Danh mục chỉ tiêu"), "list-numbers"),
            Item("ranking:indices", _("Bộ chỉ số của cơ quan khác"), "chart-bar"),
        ),
    ),
    Group(
        _("Quản trị"),
        (
            Item("web:beginning", _("Bắt đầu sử dụng"), "flag", acts=("organisations.keep_accounts",)),
            Item("organisations:office", _("Quản trị đơn vị"), "users-group", acts=("organisations.staff_own",)),
            Item(
                "organisations:delegations",
                _("Ký thay, thừa lệnh"),
                "signature",
                acts=("organisations.delegate_own",),
            ),
            Item(
                "organisations:charges",
                _("Phụ trách địa bàn"),
                "map-pin-check",
                acts=("organisations.give_charge_own",),
            ),
            Item("facts:base_figures", _("Thông tin nền"), "table", acts=("facts.enter_base",)),
            Item("facts:plans", _("Kế hoạch giao"), "target-arrow", acts=("facts.set_plan",)),
            Item("ranking:schemes", _("Bộ tiêu chí xếp hạng"), "list-details", acts=("ranking.define",)),
            Item("history:sheets", _("Số liệu lịch sử"), "history-toggle", acts=("history.import", "history.see")),
            Item("exchange:imports", _("Nhập, xuất số liệu"), "transfer", acts=("exchange.import", "exchange.see")),
            Item("journal:entries", _("Nhật ký hệ thống"), "history", acts=("journal.read",)),
        ),
    ),
)
BAR = 4  # lines of the bar beside "Mục khác"


def navigation(actor: Actor, path: str) -> tuple[Group, ...]:
    """The groups that hold something for the actor; the line nearest to the page at `path` is marked."""
    lines = {item.place: replace(item, url=url) for item, url in _existing() if _may(actor, item)}
    nearest = max((item.url for item in lines.values() if _is_at(path, item.url)), key=len, default="")
    marked = {
        place: replace(item, is_here=item.url == nearest, is_exact=item.url == path) for place, item in lines.items()
    }
    groups = (
        Group(group.label, tuple(marked[item.place] for item in group.lines if item.place in marked))
        for group in GROUPS
    )
    return tuple(group for group in groups if group.lines)


def bar(groups: tuple[Group, ...]) -> tuple[Item, ...]:
    """The first lines that have a short word."""
    return tuple(item for group in groups for item in group.lines if item.short)[:BAR]


def _is_at(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _may(actor: Actor, item: Item) -> bool:
    return not item.acts or any(actor.may(act) or actor.reaches(act) for act in item.acts if act in _act_names())


@cache
def _act_names() -> frozenset[str]:
    return frozenset(act.name for act in all_acts())


@cache
def _existing() -> tuple[tuple[Item, str], ...]:
    """Lines whose address exists, with it."""
    return tuple((item, url) for item, url in _addresses() if url)


def _addresses() -> Iterator[tuple[Item, str]]:
    for group in GROUPS:
        for item in group.lines:
            yield item, _address(item.place)


def _address(place: str) -> str:
    """The address; empty where there is none."""
    try:
        return reverse(place)
    except NoReverseMatch:
        return ""
