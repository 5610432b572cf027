"""The criterion ids, in the order in which the truth file lists them."""

from __future__ import annotations

LEGAL = (
    "steps_supply_chain",
    "steps_own_business",
    "financial_year",
    "approval",
    "signature",
    "act_reference",
    "group_entities",
)
DEPTH = (
    "structure",
    "policies",
    "risk",
    "due_diligence",
    "remedy",
    "effectiveness",
    "training",
)
INDICATORS = (
    "supplier_countries",
    "beyond_tier1",
    "supplier_code",
    "recruitment_fees",
    "freedom_of_association",
    "wages_hours",
    "purchasing_practices",
    "board_oversight",
    "risk_specific",
    "vulnerable_workers",
    "state_imposed",
    "risk_data_source",
    "supplier_screening",
    "audits",
    "audit_results",
    "worker_voice",
    "grievance_channel",
    "grievance_supply_chain",
    "grievance_results",
    "collaboration",
    "lived_experience",
    "incident_disclosed",
    "no_incident_claim",
    "remediation_process",
    "remediation_actual",
    "kpi_defined",
    "kpi_value",
    "progress_year_on_year",
    "future_goals",
    "timebound_goals",
    "worker_outcome",
    "training_delivered",
    "training_audience",
    "training_numbers",
    "training_suppliers",
    "training_evaluated",
)
NO_STEPS = "no_steps_statement"
ALL = (*LEGAL, NO_STEPS, *DEPTH, *INDICATORS)
