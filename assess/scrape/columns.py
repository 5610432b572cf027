"""What the registry's columns are called, and what may stand in them.

The names are those of the GOV.UK download of February 2023; later files have more.
"""

from __future__ import annotations

import re
from typing import Final

# Without these a row is no statement of any organisation, year or sector.
REQUIRED: Final = (
    "StatementYear",
    "OrganisationName",
    "StatementURL",
    "StatementSummaryURL",
    "OrganisationSectors",
)
# Columns that have a field of their own in the records; all others are declarations.
ORGANISATION: Final = ("OrganisationName", "Address", "SectorType", "CompanyNumber")
FIELDS: Final = (
    "StatementYear",
    *ORGANISATION,
    "LastUpdated",
    "GroupSubmission",
    "ParentName",
    "StatementURL",
    "StatementSummaryURL",
    "StatementStartDate",
    "StatementEndDate",
    "ApprovingPerson",
    "DateApproved",
    "OrganisationSectors",
    "Turnover",
    "PDFURL",
)
# Files before 2023 do not have it yet.
LATEST: Final = "PDFURL"
_RISK: Final = (
    "",
    "Area",
    "SupplyChainTier",
    "GroupAffected",
    "OtherGroupAffected",
    "Location",
    "Mitigation",
)
_AREAS: Final = (
    ("OrgStructure", "OrgStructure"),
    ("Policies", "Policies"),
    ("RisksAssessment", "RiskAssessment"),
    ("DueDiligence", "DueDiligence"),
    ("Training", "Training"),
    ("Goals", "Goals"),
)
KNOWN: Final = frozenset(
    (
        *FIELDS,
        "EmailAddressNoURL",
        *(f"StatementIncludes{area}" for area, _ in _AREAS),
        *(f"No{area}Reason" for _, area in _AREAS),
        "OtherOrganisationSector",
        "YearsProducingStatements",
        "Policies",
        "OtherPolicies",
        "NoPolicies",
        "Training",
        "OtherTraining",
        "NoTraining",
        "WorkingConditionsEngagement",
        "NoEngagement",
        "SocialAudits",
        "NoSocialAudits",
        "GrievanceMechanisms",
        "NoGrievanceMechanisms",
        "OtherMonitoring",
        "NoRisks",
        *(f"Risk{number}{part}" for number in (1, 2, 3) for part in _RISK),
        "ILOIndicatorsInStatement",
        "NoILOIndicatorsInStatement",
        "ILOIndicatorsActions",
        "ILOIndicatorsNoActions",
        "DemonstrateProgress",
        "PDFDate",
    )
)

SECTORS: Final = (
    "Public sector",
    "Automotive, machinery and heavy electrical equipment",
    "Charitable / not-for-profit activities",
    "Cleaning and security services",
    "Construction, civil engineering and building products",
    "Consumer services, including accommodation, hospitality, tourism and leisure",
    "Cosmetics and toiletries",
    "Defence and aerospace",
    "Durable consumer goods, including electronics and appliances, home furnishings and"
    " other accessories",
    "Education and research",
    "Fashion, textiles, apparel and luxury goods",
    "Financial, insurance and real estate activities",
    "Food and beverages, agriculture and fishing",
    "Forestry, timber products, paper and containers and packaging",
    "Healthcare and pharmaceuticals",
    "Information technology and telecommunication",
    "Media, publishing, arts and entertainment",
    "Mining, metals, chemicals and resources (including oil and gas)",
    "Professional and administrative services and supplies, including legal, consulting and"
    " accounting services",
    "Transportation, logistics, and storage",
    "Utilities: gas, water and electricity",
    "Waste management and recycling",
    "Other",
)

_SHAPES: Final = {
    "StatementYear": re.compile(r"\s*\d{4}\s*"),
    "StatementSummaryURL": re.compile(r"\s*https?://\S+\s*"),
    "PDFDate": re.compile(r"\s*(?:\d{4}-\d\d-\d\d.{0,15})?"),
    "PDFURL": re.compile(r"\s*(?:https?://.+)?"),
    **dict.fromkeys(
        ("LastUpdated", "StatementStartDate", "StatementEndDate", "DateApproved"),
        re.compile(r"\s*(?:\d{1,4}[/-]\d{1,2}[/-]\d{1,4}.{0,15})?"),
    ),
    **dict.fromkeys(
        ("GroupSubmission", *(f"StatementIncludes{area}" for area, _ in _AREAS)),
        re.compile(r"\s*(?:Yes|No)?\s*"),
    ),
}


def fits(column: str, cell: str) -> bool:
    """Whether the cell has the shape of its column; used to put broken rows together again."""
    shape = _SHAPES.get(column)
    return shape is None or shape.fullmatch(cell) is not None
