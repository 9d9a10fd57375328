"""The floors and shelves of the house, where import-linter does not see: relations, migrations, templates, and who writes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

import diaban

PACKAGE = Path(diaban.__file__).parent
# From below to above; rooms of one shelf are strangers.
SHELVES = [
    {"ui"}, {"acts"}, {"journal"}, {"accounts"}, {"links", "remarks", "files", "jobs"}, {"territory"}, {"organisations"},
    {"mandates"}, {"obligations"}, {"facts"}, {"reforms"}, {"documents"},
    {"difficulties"}, {"reporting", "directives"}, {"requests", "history", "exchange", "analysis", "ranking", "meetings"},
    {"web", "api", "cli", "demo"},
    {"config"},
]  # fmt: skip
SHELF = {room: height for height, rooms in enumerate(SHELVES) for room in rooms}
ROOMS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("diaban."))
FOLDERS = {config.label: Path(config.path) for config in apps.get_app_configs() if config.name.startswith("diaban.")}
TEMPLATE_WORDS = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"'#/]+)/""")

WRITERS = {
    "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "save", "save_revision", "delete",
    "_raw_delete",
}  # fmt: skip
MAY_WRITE = {"services", "loading"}
# Other modules that write, each with its reason: subjects of a room between services and queries (STYLE), or no act at all.
ALSO_WRITE = {
    "foundation/accounts/models.py": "Django asks the manager of the user model to create accounts",
    "foundation/acts/idempotency.py": "the key is kept in the transaction of the act it guards",
    "foundation/acts/revisions.py": "what services call to save a revised row",
    "foundation/facts/categories.py": "canonical rows, found or made; part of accepting facts",
    "foundation/facts/periods.py": "canonical rows, found or made; part of accepting facts",
    "foundation/jobs/running.py": "progress of a job is no act",
    "foundation/journal/sealing.py": "sealing is what the journal does with itself",
    "faces/demo/world.py": "one password, hashed once, for every sign-in of a demo world",
}


def may_use(room: str, other: str) -> bool:
    return other == room or SHELF[other] < SHELF[room]


def test_every_room_has_its_shelf_and_its_sentence() -> None:
    assert set(ROOMS) <= set(SHELF)
    speechless = [
        room for room in ROOMS if not ast.get_docstring(ast.parse((FOLDERS[room] / "__init__.py").read_text("utf-8")))
    ]

    assert speechless == []


@pytest.mark.parametrize("room", ROOMS)
def test_relations_point_downwards(room: str) -> None:
    upwards = [
        f"{model.__name__}.{field.name} → {field.related_model._meta.app_label}"
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not isinstance(field.related_model, str | None)
        if field.related_model._meta.app_label in SHELF and not may_use(room, field.related_model._meta.app_label)
    ]

    assert upwards == []


def test_migrations_depend_downwards() -> None:
    graph = MigrationLoader(None).disk_migrations

    upwards = [
        f"{room}.{name} → {other}"
        for (room, name), migration in graph.items()
        for other, _theirs in migration.dependencies
        if room in SHELF and other in SHELF and not may_use(room, other)
    ]

    assert upwards == []


@pytest.mark.parametrize("room", ROOMS)
def test_templates_use_templates_below(room: str) -> None:
    folder = FOLDERS[room] / "templates"

    upwards = [
        f"{file.relative_to(folder)} → {other}"
        for file in sorted(folder.rglob("*.html"))
        for other in TEMPLATE_WORDS.findall(file.read_text("utf-8"))
        if other in SHELF and not may_use(room, other)
    ]

    assert upwards == []


@pytest.mark.parametrize("room", ROOMS)
def test_rules_take_values_and_give_values(room: str) -> None:
    folder = FOLDERS[room]
    files = [*folder.glob("rules.py"), *folder.glob("rules/*.py")]

    impure = [
        f"{file.name}: {module}"
        for file in files
        for module in imported(ast.parse(file.read_text("utf-8")))
        if is_impure(module)
    ]

    assert impure == []


@pytest.mark.parametrize("room", ROOMS)
def test_only_services_write(room: str) -> None:
    writing = {
        str(file.relative_to(PACKAGE)): writes
        for file in modules_of(room)
        if not MAY_WRITE & {part.removesuffix(".py") for part in file.relative_to(FOLDERS[room]).parts}
        if (writes := sorted(set(writers(ast.parse(file.read_text("utf-8"))))))
        if str(file.relative_to(PACKAGE)) not in ALSO_WRITE
    }

    assert writing == {}


def test_each_exception_still_writes() -> None:
    assert [name for name in ALSO_WRITE if not list(writers(ast.parse((PACKAGE / name).read_text("utf-8"))))] == []


def modules_of(room: str) -> Iterator[Path]:
    for file in sorted(FOLDERS[room].rglob("*.py")):
        if not {"tests", "migrations"} & set(file.relative_to(FOLDERS[room]).parts):
            yield file


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def is_impure(module: str) -> bool:
    """The database, a request, the clock or the file of a model: what a rule may not know."""
    parts = module.split(".")
    if parts[0] == "django":
        return not module.startswith("django.utils.") or module == "django.utils.timezone"
    return parts[0] == "diaban" and parts[-1] in {"models", "queries", "services", "permissions", "views", "clock"}


def writers(tree: ast.AST) -> Iterator[str]:
    """Calls of an ORM writer: on a manager or queryset (`.objects…`), or `save`/`delete` of a row."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        is_manager = "objects" in ast.unparse(node.func.value).split(".")
        name = node.func.attr
        if name in WRITERS - {"save", "delete", "create"} or (name in {"create", "update", "delete"} and is_manager):
            yield name
        elif name in {"save", "delete"} and isinstance(node.func.value, ast.Name) and not node.args:
            yield f"{node.func.value.id}.{name}"
