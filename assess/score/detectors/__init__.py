"""Detectors: judgements that phrases cannot express, such as a signature block over three lines.

A detector looks at a reading and returns what it found, strongest first; a criterion or signal of
the rubric names the detector it uses. All are regular expressions over ``Text.content`` whose
repetitions are bounded, so that the time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Mapping

from assess.score.detectors.approval import approval
from assess.score.detectors.base import Detection, Detector
from assess.score.detectors.entity import EntityType, entity_type
from assess.score.detectors.financial_year import financial_year

DETECTORS: Mapping[str, Detector] = {
    "financial_year": financial_year,
    "approval": approval,
}

__all__ = ["DETECTORS", "Detection", "Detector", "EntityType", "entity_type"]
