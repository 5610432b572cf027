"""The process that serves a local web: ``python -m tests.web.serve FOLDER``.

Ends when its standard input is closed, so it never outlives the test that started it.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import sys
from pathlib import Path

from tests.web.certificates import Certificates
from tests.web.log import LogWriter
from tests.web.server import Server
from tests.web.sites import Web


async def serve(folder: Path) -> None:
    """Serves ``web.pickle``, writes ``client.json``, and obeys standard input."""
    web = pickle.loads(folder.joinpath("web.pickle").read_bytes())
    assert isinstance(web, Web)
    log_path = folder / "log.jsonl"
    certificates = Certificates()
    server = Server(web, LogWriter(log_path), certificates)
    description = {
        "ports": await server.start(),
        "addresses": web.addresses,
        "authority_pem": certificates.authority_pem,
        "log_path": str(log_path),
    }
    folder.joinpath("client.json").write_text(json.dumps(description))
    _say("ready")
    commands = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while await commands.readline() == b"reset\n":
        server.forget()
        os.truncate(log_path, 0)
        _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
