"""The site as it is served: a process of its own by `diaban serve`, over the benchmark's database, and who is signed in there."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from time import monotonic, sleep

from bench.ground import STATE

HOST = "127.0.0.1"
BEGINS_WITHIN = 120  # seconds


@contextmanager
def served(name: str, processes: int = 1) -> Iterator[int]:
    """Serve that database, which the embedded server holds; the port."""
    from django.conf import settings

    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    database = settings.DATABASES["default"]
    address = f"postgresql://{database['USER']}@/{name}?host={database['HOST']}"
    environment = os.environ | {
        "DATABASE_URL": address,
        "DIABAN_SECRET_KEY": settings.SECRET_KEY,
        "DIABAN_STATE": str(STATE),
    }
    command = [
        sys.executable,
        "-m",
        "diaban",
        "serve",
        "--no-worker",
        "--port",
        str(port),
        "--processes",
        str(processes),
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    until = monotonic() + BEGINS_WITHIN
    while monotonic() < until and server.poll() is None:
        with suppress(OSError):
            connection = HTTPConnection(HOST, port, timeout=BEGINS_WITHIN)
            connection.request("GET", "/tai-khoan/dang-nhap/")
            if connection.getresponse().status < 500:
                return
        sleep(0.3)
    raise RuntimeError("the site did not begin to answer")


def session_of(username: str) -> str:
    """The session key of somebody who has just signed in."""
    from django.test import Client

    from diaban.foundation.accounts.models import Account

    client = Client(headers={"host": HOST})
    client.force_login(Account.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value
