"""One process serves a database file at a time; a second one, or a restore, is refused in words."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUseError(Exception):
    """Another process serves this database. The message is its path."""


@contextmanager
def holding(url: str) -> Iterator[None]:
    """Hold the database of a URL for as long as the block runs; PostgreSQL looks after itself.

    The lock is the kernel's and ends with the process, however it ends.

    Raises:
        InUseError: somebody else holds it.
    """
    if not url.startswith("sqlite:///"):
        yield
        return
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InUseError(str(path)) from None
        yield
