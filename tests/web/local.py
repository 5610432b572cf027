"""A local web that runs in a process of its own while a test or benchmark runs."""

from __future__ import annotations

import pickle
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.web.client import ClientSide, Resolve, load
from tests.web.log import Log
from tests.web.sites import Web

_ROOT: Final = Path(__file__).parents[2]


class LocalWeb:
    """Serves a web until the ``with`` ends, or until this process dies however it dies."""

    def __init__(self, web: Web) -> None:
        self.web = web

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="local-web-")
        folder = Path(self._folder.name)
        folder.joinpath("web.pickle").write_bytes(pickle.dumps(self.web))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.serve", str(folder)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        try:
            self._heard("ready")
        except RuntimeError:
            self.__exit__(None, None, None)
            raise
        self.description: Path = folder / "client.json"
        """For `tests.web.client.load` in another process."""
        self.client: ClientSide = load(self.description)
        self.log: Log = Log(self.client.log_path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()  # its input closes, which ends it
        self._folder.cleanup()

    def resolver(self) -> Resolve:
        """See `ClientSide.resolver`."""
        return self.client.resolver()

    def trust(self) -> ssl.SSLContext:
        """See `ClientSide.trust`."""
        return self.client.trust()

    def reset(self) -> None:
        """As if just started: no log, and every site has been asked nothing."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"reset\n")
        self._process.stdin.flush()
        self._heard("done")

    def cpu_seconds(self) -> float:
        """What the server's process has used so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100  # user and system, in ticks of 10 ms

    def _heard(self, word: str) -> None:
        assert self._process.stdout is not None
        if (line := self._process.stdout.readline().strip().decode()) != word:
            raise RuntimeError(f"the local web said {line!r} instead of {word!r}")
