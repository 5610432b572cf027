"""Coverage-guided cases by Atheris, where it is installed: ``pip install atheris``.

Atheris ends its process itself, so it has one of its own: this module run as a program.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

# What is measured; readers of bytes in C are beyond it.
_MEASURED: Final = ["assess", "yaml", "tomllib", "csv", "zipfile", "warcio", "striprtf", "html"]


def installed() -> bool:
    """Whether Atheris can be used."""
    return find_spec("atheris") is not None


def run_guided(name: str, seconds: float, seed: int, kept: Path) -> str:
    """Fuzz a target for so long in a process of its own; what it printed in the end."""
    command = [sys.executable, "-m", "tools.fuzz.guided", "--target", name]
    command += ["--seconds", f"{seconds:.0f}", "--seed", f"{seed % 2**31}", "--kept", str(kept)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")  # noqa: S603 - our own
    told = [line for line in done.stdout.splitlines() if line]
    return "\n".join(told) or f"FAILED Atheris ended with {done.returncode}: {done.stderr[-1500:]}"


def main() -> None:
    """Fuzz until the time is up; failures are printed as they are found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--target", required=True)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--kept", type=Path, required=True)
    options = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=_MEASURED):
        from tools.fuzz.targets import TARGETS
    from tools.fuzz.runner import Found, try_case

    target = TARGETS[options.target]
    found = Found()

    def one(data: bytes) -> None:
        before = len(found.failures)
        label = f"{target.name}-{options.seed}-guided-{found.outcomes.total()}"
        try_case(target, data, label, options.kept, found)
        for place, told in list(found.failures.items())[before:]:
            print(f"FAILED {place}: {told}", flush=True)
        if found.outcomes.total() % 100 == 0:
            print(f"{found.outcomes.total()} {dict(found.outcomes)}", flush=True)

    with tempfile.TemporaryDirectory(prefix="assess-fuzz-") as seeds:
        for number, data in enumerate(target.seeds()):
            Path(seeds, str(number)).write_bytes(data)
        atheris.Setup(
            [
                *("fuzz", f"-max_total_time={options.seconds}", f"-seed={options.seed or 1}"),
                *("-max_len=60000", "-rss_limit_mb=6000", "-timeout=0", "-print_final_stats=0"),
                *(f"-artifact_prefix={options.kept}/", seeds),
            ],
            one,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
