"""Answers given to the registry beside the text: by field and by sector, with words for fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assess.compare.declared.by_sector import ALL, FieldCounts
from assess.compare.stats import Share
from assess.report.compared.findings import totals

FIELDS: Final[Mapping[str, str]] = {
    "ApprovingPerson": "Who signed it off",
    "DateApproved": "Date of approval",
    "StatementStartDate": "Period covered, from",
    "StatementEndDate": "Period covered, to",
    "StatementIncludesOrgStructure": "Includes structure and supply chains",
    "StatementIncludesPolicies": "Includes policies",
    "StatementIncludesRisksAssessment": "Includes risk assessment",
    "StatementIncludesDueDiligence": "Includes due diligence",
    "StatementIncludesTraining": "Includes training",
    "StatementIncludesGoals": "Includes goals and indicators",
    "NoOrgStructureReason": "Why structure is not included",
    "NoPoliciesReason": "Why policies are not included",
    "NoRiskAssessmentReason": "Why risk assessment is not included",
    "NoDueDiligenceReason": "Why due diligence is not included",
    "NoTrainingReason": "Why training is not included",
    "NoGoalsReason": "Why goals are not included",
    "Policies": "What policies provide for",
    "OtherPolicies": "Other policies",
    "NoPolicies": "No such policies",
    "Training": "Who is trained",
    "OtherTraining": "Others trained",
    "NoTraining": "No such training",
    "WorkingConditionsEngagement": "Whom it engaged with",
    "NoEngagement": "No such engagement",
    "SocialAudits": "Social audits",
    "NoSocialAudits": "No social audits",
    "GrievanceMechanisms": "Grievance mechanisms",
    "NoGrievanceMechanisms": "No grievance mechanisms",
    "OtherMonitoring": "Other monitoring",
    "NoRisks": "No priority risks",
    "ILOIndicatorsInStatement": "Indicators of forced labour named",
    "NoILOIndicatorsInStatement": "No indicators of forced labour named",
    "ILOIndicatorsActions": "Actions on indicators of forced labour",
    "ILOIndicatorsNoActions": "No actions on indicators",
    "DemonstrateProgress": "How progress is shown",
}
_OF_RISK: Final[Mapping[str, str]] = {
    "": "description",
    "Area": "where in the business",
    "SupplyChainTier": "tier of the supply chain",
    "GroupAffected": "who is affected",
    "OtherGroupAffected": "others affected",
    "Location": "country",
    "Mitigation": "what is done about it",
}


def field_words(field: str) -> str:
    """What a field of the registry's file asks; its own name where it is not known."""
    number = field[4:5]
    if field.startswith("Risk") and number.isdigit() and field[5:] in _OF_RISK:
        return f"Priority risk {number}: {_OF_RISK[field[5:]]}"
    return FIELDS.get(field, field)


@dataclass(frozen=True, slots=True)
class DeclaredRow:
    """Answers of one field, or of all fields in one sector."""

    name: str
    field: str
    """Column of the registry's file; "" for all fields."""
    answers: int
    confirmed: Share
    """Of the answers that could be checked, as the next two."""
    not_found: Share
    contradicted: Share

    @property
    def checked(self) -> int:
        """Confirmed, not found or contradicted."""
        return self.confirmed.of


def by_field(declared: Sequence[FieldCounts]) -> tuple[DeclaredRow, ...]:
    """Of all statements, the fields with most answers checked first."""
    rows = [
        DeclaredRow(
            field_words(one.field),
            one.field,
            one.answers,
            one.confirmed,
            one.not_found,
            one.contradicted,
        )
        for one in declared
        if one.sector == ALL
    ]
    return tuple(sorted(rows, key=lambda row: (-row.checked, row.name)))


def by_sector(declared: Sequence[FieldCounts]) -> tuple[DeclaredRow, ...]:
    """All fields together: of all statements, then of each sector by name."""
    sectors = sorted({one.sector for one in declared})
    return tuple(
        DeclaredRow(
            sector or "All sectors",
            "",
            sum(one.answers for one in declared if one.sector == sector),
            *totals(declared, sector),
        )
        for sector in sectors
    )
