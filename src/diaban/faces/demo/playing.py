"""Prepares a world once: an instance that holds it already is opened, one that holds anything else is left alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import connection, transaction

from diaban.faces.demo import ha_giang, tuyen_quang
from diaban.faces.demo.people import PASSWORD, Persona
from diaban.faces.demo.world import Tick, World
from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.journal.sealing import seal
from diaban.foundation.ui.models import Instance


class UnknownWorld(LookupError):
    """No world has that name."""


class WorldInTheWay(RuntimeError):
    """The database holds a real instance, or another world."""


class Script(Protocol):
    """A module that makes a world."""

    CODE: str
    TITLE: str
    NOTICE: str
    NOTICE_EN: str
    WORLD_DAY: date
    build: Callable[[Tick], World]

    def personas(self) -> list[Persona]: ...


SCRIPTS: dict[str, Script] = {script.CODE: script for script in (ha_giang, tuyen_quang)}


@dataclass(frozen=True)
class Ready:
    """A world that can be signed in to."""

    code: str
    title: str
    notice: str
    password: str
    personas: tuple[Persona, ...]


def prepare(code: str, tick: Tick) -> Ready:
    """Make the world in an empty database, or find it there. Raises `UnknownWorld` or `WorldInTheWay`."""
    script = SCRIPTS.get(code)
    if script is None:
        raise UnknownWorld(f"Không có thế giới “{code}”. Có: {', '.join(SCRIPTS)}.")
    root, notice = Instance.objects.values_list("root_unit_id", "notice").first() or (None, "")
    if root is None:
        _make(script, tick)
    elif notice != script.NOTICE:
        raise WorldInTheWay(
            "Cơ sở dữ liệu đã có một thế giới khác hoặc dữ liệu thật. Đặt DIABAN_STATE sang thư mục khác để nạp."
        )
    clock.start_on(script.WORLD_DAY)
    return Ready(code, script.TITLE, script.NOTICE, PASSWORD, tuple(script.personas()))


def _make(script: Script, tick: Tick) -> None:
    """All of it, or nothing: a world that was interrupted leaves an empty database."""
    from diaban.faces.cli.beginning import load_ground

    clock.start_on(script.WORLD_DAY)
    with transaction.atomic():
        load_ground(SettingUp("diaban demo", script.WORLD_DAY), lambda done, total: None)
        script.build(tick)
    while seal(at=clock.now()) is not None:
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # tables that grew from nothing at once: the planner knows none of their sizes
