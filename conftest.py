"""The test harness: an embedded server and one migrated template database that every test session clones."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from diaban.config import embedded
from diaban.config.wiring import plug_file_channels

PROJECT = Path(__file__).parent
ROOM = 80_000  # words, most of a block of 1 MB; only what is used of it is ever taken


hypothesis.settings.register_profile("here", deadline=None)  # machines differ; the property is the test, not its time
hypothesis.settings.load_profile("here")


def pytest_configure() -> None:
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
    # Tables grow from nothing inside a test: a plan kept from the test before would be one of empty tables.
    settings.DATABASES["default"]["OPTIONS"]["options"] = "-c plan_cache_mode=force_custom_plan"
    plug_file_channels(["sms", "zalo"])  # as in the demo, whichever database the tests run on
    if settings.IS_EMBEDDED:
        embedded.ensure_running(settings.STATE)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test as pytest does, from a frame that asks for much room on the interpreter's stack.

    Python 3.11 keeps frames in blocks of 16 KB. A test stands in the third or fourth; where a loop calls across the end
    of one, each call asks the system for a block and gives it back, hundreds of thousands of times in a file of tests.
    """
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    runtestprotocol(item, nextitem=nextitem)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


pytest_runtest_protocol.__code__ = pytest_runtest_protocol.__code__.replace(co_stacksize=ROOM)


def _server() -> "psycopg.Connection[tuple[object, ...]]":
    """An autocommit connection to the server's maintenance database."""
    parameters = connections["default"].get_connection_params()
    keep = {name: parameters[name] for name in ("host", "port", "user", "password") if parameters.get(name)}
    return psycopg.connect(dbname="postgres", autocommit=True, **keep)


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    for file in sorted((PROJECT / "src").glob("diaban/**/migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _template() -> str:
    """The name of a database with every migration applied, made once for each state of the migrations."""
    name = f"diaban_template_{_migrations_hash()}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(4209)")  # two sessions must not build it at once
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]).fetchone():
            return name
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        _use(name)
        call_command("migrate", verbosity=0)
        connections["default"].close()
        server.execute(sql.SQL("ALTER DATABASE {} WITH IS_TEMPLATE true").format(sql.Identifier(name)))
    return name


def _use(name: str) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def _let_small_ids_come_again() -> None:
    """What a test makes is taken back, but not its ids: 194 indicators a world would use up 32,767 in one process."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE data_type = 'smallint'::regtype")
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL("ALTER SEQUENCE {} CYCLE").format(sql.Identifier(name)))


def clone(template: str, name: str) -> None:
    """A new database from a template, in a third of a second."""
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY WAL_LOG").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def drop(name: str) -> None:
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def template_database(django_db_blocker: pytest.FixtureRequest) -> str:
    with django_db_blocker.unblock():  # type: ignore[attr-defined] # pytest-django's own class is not exported
        return _template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Each test process works in its own clone; what a test writes is rolled back, never flushed."""
    name = f"diaban_test_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined] # pytest-django's own class is not exported
        clone(template_database, name)
        _use(name)
        _let_small_ids_come_again()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined] # pytest-django's own class is not exported
        connections["default"].close()
        drop(name)


@pytest.fixture
def own_database(
    template_database: str, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of its own, committed to for real: for races, kills and servers in other processes."""
    before = connections["default"].settings_dict["NAME"]
    name = f"diaban_own_{os.getpid()}_{os.urandom(4).hex()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined] # pytest-django's own class is not exported
        clone(template_database, name)
        _use(name)
        yield name
        _use(str(before))
        drop(name)


@pytest.fixture(autouse=True)
def _plain_settings(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Fast password hashing, a file store and a cache of its own; everything else is as in production."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined] # pytest-django's wrapper
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined] # pytest-django's wrapper
