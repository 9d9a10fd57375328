"""`diaban serve`: the site, by granian, with one worker for background jobs beside it."""

import argparse
import signal
import socket
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command

from diaban.faces.cli.console import complain, say

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("serve", help="chạy trang web (và tiến trình nền)")
    parser.add_argument("--port", type=int, default=None, help="cổng (mặc định: DIABAN_PORT hoặc 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
    parser.add_argument("--processes", type=int, default=1, help="số tiến trình web")
    parser.add_argument("--no-worker", action="store_true", help="không chạy tiến trình nền kèm theo")


def run(options: argparse.Namespace) -> int:
    port = options.port or settings.PORT
    if settings.IS_EMBEDDED:
        complain("đang dùng PostgreSQL nhúng trong thư mục của chương trình; đặt DATABASE_URL để dùng máy chủ riêng")
    return serve(host=options.host, port=port, processes=options.processes, with_worker=not options.no_worker)


def serve(*, host: str, port: int, processes: int = 1, with_worker: bool = True) -> int:
    """Collect the static files, then serve until stopped (Ctrl+C or SIGTERM), with all that was started. Returns the
    server's exit code; 1 where somebody else serves at that port."""
    if not _is_free(host, port):
        complain(f"cổng {port} đang được chương trình khác dùng; dừng chương trình đó hoặc chọn cổng khác bằng --port")
        return 1
    call_command("collectstatic", interactive=False, verbosity=0)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", "4", "--log-level", "warning", "diaban.config.wsgi:application",
    ]  # fmt: skip
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    worker = subprocess.Popen([sys.executable, "-m", "diaban", "worker"]) if with_worker else None
    server = subprocess.Popen(command)  # noqa: S603 (our own command line)
    try:
        say(f"Địa Bàn: http://{host}:{port}/  (Ctrl+C để dừng)")
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for started in filter(None, (server, worker)):
            started.terminate()
            started.wait(timeout=20)


def _is_free(host: str, port: int) -> bool:
    """Whether nobody listens there: the server would share the port with whoever does, and each get half the visitors."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
