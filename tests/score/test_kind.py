"""Statements, policies and other documents told apart, on own texts."""

from __future__ import annotations

import pytest

from assess.records import Page, Text
from assess.score.kind import statement_kind
from assess.score.rules import Reading

POLICY_TEXT = (
    "Anti-Slavery Policy. This policy applies to all persons working for us. You must ensure that "
    "you read, understand and comply with this policy. Any breach of this policy is misconduct. "
    "The board has overall responsibility for this policy and reviews it. Modern slavery and "
    "forced labour are crimes. Human trafficking is not tolerated."
)
STATEMENT_TEXT = (
    "This statement is made under section 54 of the Modern Slavery Act 2015 and sets out the steps "
    "that Alder Mills Limited took against slavery and human trafficking in the financial year "
    "ended 31 March 2022. We trained our buyers and assessed the risk of forced labour."
)
FOOTER = "Modern slavery statement. "


def kind(content: str) -> str:
    page = Page(1, 0, len(content), "text")
    return statement_kind(Reading(Text(content, (page,), (), "en"), (), {}))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (STATEMENT_TEXT, "statement"),
        (STATEMENT_TEXT.replace(" ", "\n"), "statement"),
        (POLICY_TEXT, "policy"),
        ("Modern Slavery Policy\nWe oppose all slavery, trafficking and forced labour.", "policy"),
        ("Modern Slavery Statement\nWe oppose slavery and forced labour.", "statement"),
        (f"Anti-Slavery Policy\n{STATEMENT_TEXT} This policy is reviewed yearly.", "statement"),
        ("Privacy notice. We keep your personal data safe. " * 20 + FOOTER, "other"),
        ("Gender pay gap report. Our gender pay gap is small. " * 20 + FOOTER, "other"),
        ("We sell shoes, and boots, and laces. " * 40 + FOOTER, "other"),
        (
            "Alder Mills\nModern Slavery Statement 2024\n"
            + "We buy wool from nine farms, and pay each of them on time. " * 15,
            "statement",
        ),
        ("Read our modern slavery statement here.\n" + "We sell shoes, and laces. " * 40, "other"),
        ("Cookies\n" + "Our cookies keep your personal data. " * 40 + "Slavery statement", "other"),
        ("", "other"),
    ],
)
def test_kind(content: str, expected: str) -> None:
    assert kind(content) == expected
