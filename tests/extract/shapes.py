"""Ten further shapes of statements, written when the locator was finished and not tuned to."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from tests.extract.reports import BODY

ALL: Final = tuple(BODY)


def body(
    seed: int, words: int, topics: Sequence[str] = ALL, *, gap: str = "\n\n", number: str = ""
) -> str:
    """Sections of a statement, of about so many words each."""
    random = Random(seed)
    found: list[str] = []
    for index, topic in enumerate(topics, 1):
        found.append(f"{number}{index} {topic}" if number else topic)
        count = 0
        while count < words:
            some = random.sample(BODY[topic], min(len(BODY[topic]), 4))
            filled = {"m": 345, "k": "4,210", "d": 5, "town": "Thornhill", "org": "Tarnholm plc"}
            text = " ".join(one.format(n=random.randint(11, 90), **filled) for one in some)
            count += len(text.split())
            found.append(text)
    return gap.join(found)


SHAPES: Final = {
    "foreword signed before the body": (
        "Modern Slavery and Human Trafficking Statement 2024\n\nA message from our "
        "chief executive\n\n"
        "Modern slavery is a crime that hides in plain sight, and no business is free of the risk. "
        "This year we spent more time with our suppliers than ever, and we learned "
        "that trust grows "
        "slowly. I am grateful to the workers who told us what they had seen, and to "
        "the colleagues "
        "who listened. This is our ninth statement under section 54 of the Modern Slavery Act 2015."
        f"\n\nGrace Holloway\nGroup Chief Executive\n\n{body(1, 140)}\n\nThe board of Tarnholm plc "
        "approved this statement on 6 May 2025.\n\nGrace Holloway\nGroup Chief Executive"
    ),
    "headings that ask": (
        "How we prevent modern slavery: our statement for 2024\n\nWhat is this statement?\n\nUnder "
        "the Modern Slavery Act we must describe each year the steps taken to ensure that slavery "
        "is not taking place. This statement covers the year to 30 June 2024 and all our "
        "subsidiaries.\n\n" + body(2, 150).replace("Training", "How do we train people?")
    ),
    "numbered sections": (
        "9. MODERN SLAVERY ACT STATEMENT\n\nThis statement has been published in accordance with "
        f"section 54 of the Modern Slavery Act 2015.\n\n{body(3, 150, number='9.')}\n\nThis "
        "statement was approved by the board on 1 May 2025 and will be reviewed each year."
    ),
    "bullets": (
        "Slavery & Human Trafficking Statement\n\nTarnholm plc makes this statement for the "
        "financial year ended 31 March 2025 pursuant to the Modern Slavery Act 2015.\n\n"
        + body(4, 150).replace(". ", ".\n• ")
    ),
    "a title that only names the subject": (
        "Modern slavery\n\nThis section constitutes our slavery and human trafficking statement "
        "under section 54 of the Modern Slavery Act 2015 for the year ended 31 December 2024.\n\n"
        f"{body(5, 150)}\n\nSigned on behalf of the board\n\nOwen Pryce\nSenior Director"
    ),
    "one page": (
        "Modern Slavery Statement\n\nThis statement is made under section 54 of the Modern Slavery "
        f"Act 2015 for the year ended 31 December 2024.\n\n{body(6, 45)}"
    ),
    "no blank lines": (
        "Group statement on slavery and human trafficking\nThis is the statement of "
        "Tarnholm plc on "
        "slavery and human trafficking for the year ended 31 December 2024, made under the Modern "
        f"Slavery Act 2015.\n{body(7, 150, gap=chr(10))}"
    ),
    "much on structure": (
        "Modern Slavery Act 2015: statement\n\nWe present our statement for the year ended 31 "
        f"December 2024, as the Modern Slavery Act requires.\n\n{body(8, 300, ALL[:1])}\n\n"
        f"{body(9, 150, ALL[1:])}\n\nApproved by the board on 4 June 2025 and signed by Mary Teal."
    ),
    "sections on speaking up and bribery within": (
        "Slavery and human trafficking statement\n\nPursuant to section 54 of the Modern Slavery "
        "Act 2015 this statement sets out the steps that we have taken in the year ended 31 "
        f"December 2024.\n\n{body(10, 130, ALL[:2])}\n\nWhistleblowing\n\nWorkers and suppliers "
        "can report concerns about slavery in nine languages. Forty reports came in, two of them "
        "about forced labour at a supplier of gloves.\n\nAnti-bribery\n\nBribes to inspectors hide "
        f"forced labour, so the anti-bribery rules bind our agents.\n\n{body(11, 150, ALL[2:])}"
        "\n\nSigned: Amir Haddad, Chair"
    ),
    "companies listed below the signature": (
        "MODERN SLAVERY AND\nHUMAN TRAFFICKING STATEMENT\n\nThis statement is made by Tarnholm plc "
        "and the companies listed below under section 54 of the Modern Slavery Act 2015 for the "
        f"year ended 31 December 2024.\n\n{body(12, 150)}\n\nThis statement was approved by the "
        "boards of the companies on 2 May 2025.\n\nGrace Holloway\nGroup Chief Executive\n\n"
        "Companies covered by this statement: Tarnholm Glass Limited, Tarnholm Doors Limited and "
        "Tarnholm Ireland Limited."
    ),
}
