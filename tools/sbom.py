"""The software bill of materials: ``python -m tools.sbom`` writes build/sbom.json (CycloneDX).

It lists each package of requirements.lock with its version and the hashes of its files, and names
no host to load them from. Same lock, same bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
OUTPUT: Final = ROOT / "build" / "sbom.json"
_VERSION: Final = "1.6"


def bill(lock: Path) -> dict[str, Any]:
    """The bill of materials of a lock file."""
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(lock)]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--spec-version", _VERSION]
    # Addresses of files are package URLs; without this they name a registry.
    command += ["-i", "pkg:pypi", "--short-PURLs", "--output-reproducible"]
    command += ["--no-validate", "--output-format", "JSON", "--output-file", "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    found: dict[str, Any] = json.loads(done.stdout)
    for tool in found["metadata"]["tools"]["components"]:
        tool.pop("externalReferences", None)
    for component in found["components"]:
        component["description"] = "locked in requirements.lock"
    return found


def main() -> None:
    """Write it, if it is valid."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = json.dumps(bill(ROOT / "requirements.lock"), indent=1, sort_keys=True) + "\n"
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"the bill of materials is not valid: {error}")
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(text, encoding="utf-8")
    print(f"{OUTPUT.relative_to(ROOT)}: {len(json.loads(text)['components'])} packages")


if __name__ == "__main__":
    main()
