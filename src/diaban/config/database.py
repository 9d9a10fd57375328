"""The database before a command runs: reachable, present, migrated."""

from typing import cast

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from diaban.config import embedded


class Unreachable(RuntimeError):
    """No connection to the database that the settings name."""


def start_embedded() -> None:
    """Start the embedded server and make its database where it is missing."""
    embedded.ensure_running(settings.STATE)
    database = cast("dict[str, str]", settings.DATABASES["default"])
    with psycopg.connect(dbname="postgres", user=database["USER"], host=database["HOST"], autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database["NAME"]]).fetchone()
        if not known:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database["NAME"])))


def bring_up_to_date() -> None:
    """Apply the migrations that are missing. Raises `Unreachable`."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as problem:
        raise Unreachable(f"Không kết nối được cơ sở dữ liệu: {problem}") from problem
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
