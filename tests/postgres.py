"""A PostgreSQL server for the tests: the one TEST_POSTGRES names, or one of our own that goes with the tests."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

_HINT = "PostgreSQL is not installed: apt-get install postgresql (or set TEST_POSTGRES to a server's URL)"


class Cluster:
    """A server on a free port of this machine. Not durable: tests that need durability say so to the server."""

    def __init__(self, binaries: Path, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ghidanh-pg-"))
        self._binaries, self._durable = binaries, durable
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"postgresql://tests@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        """Make the data folder and start."""
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start and wait until it answers."""
        sync = "on" if self._durable else "off"
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        options += f" -c fsync={sync} -c synchronous_commit={sync} -c full_page_writes={sync} -c max_connections=200"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", log, "-w", "-t", "60", "start")

    def stop(self, how: str = "fast") -> None:
        """Stop: `fast`, or `immediate` as a power cut would."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", how, "-w", "stop")

    def remove(self) -> None:
        """Stop and delete."""
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # Its output goes to a file: a server that inherits a pipe keeps it open for ever.
        with (self.folder / "commands").open("ab") as log:
            done = subprocess.run(command, stdout=log, stderr=log, cwd=self.folder, check=False)
        if done.returncode:
            raise RuntimeError((self.folder / "commands").read_text(errors="replace")[-2000:])


def binaries() -> Path | None:
    """Where the newest installed server is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    return Path(path).parent if path else None


def postgres_url() -> Iterator[str]:
    """The server's URL, for as long as the tests run."""
    if url := os.environ.get("TEST_POSTGRES"):
        yield url
        return
    where = binaries()
    if where is None:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail(_HINT)
        pytest.skip(_HINT)
    cluster = Cluster(where)
    cluster.create()
    try:
        yield cluster.url
    finally:
        cluster.remove()
