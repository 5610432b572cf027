"""The program `tesseract`, where it is installed: an image in, its words as TSV out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Final

LANGUAGE: Final = "eng"
# Finds out how a page is turned; without its data pages are read as they lie.
ORIENTATION: Final = "osd"
# Asking for version and languages takes 0.02 s; a broken installation must not hang the command.
_LOOKUP_SECONDS: Final = 5
# The list of languages follows a heading; warnings may stand before and between.
_HEADING: Final = re.compile(r"List\b.*:")
_NAME: Final = re.compile(r"[\w./-]+")
# The TSV of the densest page has 0.2 MB.
_MAX_OUTPUT: Final = 10_000_000


class OcrError(Exception):
    """One image could not be read; it says why. It costs that page only."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed tesseract."""

    path: str
    version: str
    languages: frozenset[str]

    @property
    def usable(self) -> bool:
        """Whether it can read English."""
        return LANGUAGE in self.languages


def available() -> bool:
    """Whether scanned pages can be read on this system; known after the first call."""
    found = find_tesseract()
    return found is not None and found.usable


@cache
def find_tesseract() -> Tesseract | None:
    """The installed tesseract, or None; one that does not answer has no languages."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    said = _ask(path, "--version")
    version = re.search(r"tesseract v?(\d[\w.]*)", said)
    languages = _languages(_ask(path, "--list-langs")) if said else frozenset()
    return Tesseract(path, version[1] if version else "unknown", languages)


def _languages(listed: str) -> frozenset[str]:
    lines = [line.strip() for line in listed.splitlines()]
    heading = next((at for at, line in enumerate(lines) if _HEADING.fullmatch(line)), len(lines))
    return frozenset(filter(_NAME.fullmatch, lines[heading:]))


def _ask(path: str, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - found on the PATH, no shell
            [path, option],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_LOOKUP_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def read_image(image: bytes, dpi: int, seconds: float) -> str:
    """Return the words of a PNM image as tesseract's TSV.

    Raises:
        OcrError: tesseract is missing, failed, took more than ``seconds``, or said too much.
    """
    program = find_tesseract()
    if program is None or not program.usable:
        raise OcrError("tesseract is not installed")
    layout = "1" if ORIENTATION in program.languages else "3"
    options = ["--psm", layout, "--dpi", str(dpi), "-l", LANGUAGE]
    output = _run([program.path, "stdin", "stdout", *options, "-c", "tessedit_create_tsv=1"],
                  image, seconds)  # fmt: skip
    return output.decode("utf-8", "replace")


def _run(command: list[str], image: bytes, seconds: float) -> bytes:
    """Run tesseract, in this process's group: who kills the group ends both."""
    try:
        process = subprocess.Popen(  # noqa: S603 - see above
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Threads of its own make it 5 times slower, and 30 times where two run at once.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except OSError as error:
        raise OcrError(f"tesseract cannot be started ({error.strerror})") from None
    output: list[bytes] = []
    # A thread, because what the program started may hold the pipe after the program was killed.
    talk = threading.Thread(target=_talk, args=(process, image, output), daemon=True)
    try:
        talk.start()
        talk.join(seconds)
        if not output:
            raise OcrError("tesseract took too long" if talk.is_alive() else "tesseract failed")
        if len(output[0]) > _MAX_OUTPUT:
            raise OcrError("tesseract's output is too long")
        if process.wait(seconds):
            raise OcrError(f"tesseract failed with code {process.returncode}")
    except subprocess.TimeoutExpired:
        raise OcrError("tesseract did not end") from None
    finally:
        process.kill()
        process.wait()
    return output[0]


def _talk(process: subprocess.Popen[bytes], image: bytes, output: list[bytes]) -> None:
    assert process.stdin is not None and process.stdout is not None
    with suppress(OSError):  # it may end before it has read all; its exit code tells
        process.stdin.write(image)
    with suppress(OSError):
        process.stdin.close()
    output.append(process.stdout.read(_MAX_OUTPUT + 1))
