"""The bill of materials lists what is locked, and nothing of where it is loaded from."""

from __future__ import annotations

import json
import re

from tools.sbom import ROOT, bill


def test_each_locked_package_is_listed_with_its_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = re.findall(r"^([\w.-]+)==([^ ;\\]+)", lock, re.MULTILINE)
    found = bill(ROOT / "requirements.lock")
    listed = [(one["name"], one["version"]) for one in found["components"]]
    assert len(locked) > 100 and sorted(listed) == sorted(locked)
    hashes = {
        one["content"]
        for component in found["components"]
        for reference in component["externalReferences"]
        for one in reference["hashes"]
    }
    assert hashes == set(re.findall(r"sha256:([0-9a-f]{64})", lock))
    addresses = set(re.findall(r'"url": "([^"]*)"', json.dumps(found)))
    assert addresses and all(address.startswith("pkg:pypi/") for address in addresses)
