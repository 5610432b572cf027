"""Detectors: judgements that phrases cannot express, such as a signature block over three lines.

A detector looks at a reading and returns what it found, strongest first; a criterion or signal of
the rubric names the detector it uses. All are regular expressions over ``Text.content`` whose
repetitions are bounded, so that the time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Mapping

from assess.score.detectors.act import detect_act_reference
from assess.score.detectors.approval import detect_approval
from assess.score.detectors.base import Detection, Detector
from assess.score.detectors.entity import EntityType, detect_limited_partnership, entity_type
from assess.score.detectors.financial_year import detect_financial_year
from assess.score.detectors.group import detect_group_entities, detect_group_mentioned
from assess.score.detectors.signature import detect_signature

DETECTORS: Mapping[str, Detector] = {
    "financial_year": detect_financial_year,
    "approval": detect_approval,
    "signature": detect_signature,
    "act_reference": detect_act_reference,
    "group_entities": detect_group_entities,
    "group_mentioned": detect_group_mentioned,
    "limited_partnership": detect_limited_partnership,
}

__all__ = ["DETECTORS", "Detection", "Detector", "EntityType", "entity_type"]
