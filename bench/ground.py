"""The state folder of the benchmarks: an embedded server of its own, the demo world made once, a copy for each figure."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

STATE = Path(__file__).resolve().parent.parent / "var" / "bench"
DEMO = "tuyen-quang-2026"


def begin() -> None:
    """Start the server and Django. To be called before anything of Django is imported."""
    os.environ["DIABAN_STATE"] = str(STATE)
    os.environ.pop("DIABAN_DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diaban.config.settings")
    from diaban.faces.cli.main import prepare

    prepare(needs_database=True)


@contextmanager
def a_world(name: str, demo: str = DEMO) -> Iterator[None]:
    """A fresh database that holds that demo world; gone afterwards."""
    template = _made(demo)
    _server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _server(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    before = use(name)
    gc.freeze()  # as a server does once it is loaded
    try:
        yield
    finally:
        use(before)
        _server(f"DROP DATABASE {name} WITH (FORCE)")


def _made(demo: str) -> str:
    """The database that holds a world, made once for each state of the demo's code; the clock is set to its day."""
    from diaban.config import database
    from diaban.faces.demo.playing import prepare

    kind = f"kept_{demo.replace('-', '_')}_"
    world = kind + _state_of_the_demo()
    existing = _server("SELECT datname FROM pg_database")
    if world not in existing:
        for older in (name for name in existing if name.startswith(kind)):
            _server(f"DROP DATABASE {older} WITH (FORCE)")
        _server(f"CREATE DATABASE {world}")
    before = use(world)
    database.bring_up_to_date()
    prepare(demo, lambda _done, _total: None)
    use(before)
    return world


def _state_of_the_demo() -> str:
    """Eight signs that change with what the worlds are made by."""
    from diaban.faces import demo

    sources = sorted(Path(str(demo.__file__)).parent.glob("*.py"))
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:8]


def use(name: str) -> str:
    """Point Django at a database; the name of the one before."""
    from django.conf import settings
    from django.db import connections

    connections["default"].close()
    before = str(connections["default"].settings_dict["NAME"])
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name
    return before


def _server(statement: str) -> list[str]:
    """Run a statement outside any transaction, in the server's maintenance database; the first column of its rows."""
    import psycopg
    from django.db import connections

    parameters = connections["default"].get_connection_params()
    with psycopg.connect(
        dbname="postgres", host=parameters["host"], user=parameters["user"], autocommit=True
    ) as server:
        cursor = server.cursor().execute(statement.encode())
        return [row[0] for row in cursor.fetchall()] if cursor.description else []
