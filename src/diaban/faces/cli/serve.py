"""`diaban serve`: the site, by granian, with one worker for background jobs beside it."""

import argparse
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
    """Collect the static files, then serve until stopped. Returns the server's exit code."""
    call_command("collectstatic", interactive=False, verbosity=0)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", "4", "--log-level", "warning", "diaban.config.wsgi:application",
    ]  # fmt: skip
    worker = subprocess.Popen([sys.executable, "-m", "diaban", "worker"]) if with_worker else None
    try:
        say(f"Địa Bàn: http://{host}:{port}/  (Ctrl+C để dừng)")
        return subprocess.run(command, check=False).returncode  # noqa: S603 (our own command line)
    except KeyboardInterrupt:
        return 0
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=20)
