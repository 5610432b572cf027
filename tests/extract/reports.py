"""Annual reports of 250 pages made on the spot, with a statement inside or without one.

All sentences are written for these tests. The same seed makes the same report.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

# The layout that fills its pages most has 250 then.
PAGES: Final = 321
LINE: Final = 96
LINES: Final = 44

PROSE: Final[dict[str, tuple[str, ...]]] = {
    "Chair's statement": (
        "I am pleased to report another year of steady progress in markets that remained "
        "uncertain.",
        "Revenue rose by {n}% to £{m} million, with growth in each of our three divisions.",
        "The board has declared a final dividend of {n}.{d} pence a share.",
        "On behalf of the board I thank our {k} colleagues for their hard work.",
        "We welcomed two new non-executive directors, and said farewell to one after nine years.",
        "Our order book stood at £{m} million at the year end, a record for the group.",
    ),
    "Our markets": (
        "Demand for refurbishment held up better than demand for new building.",
        "Input costs rose by about {n}%, and most of it was passed on by the autumn.",
        "We estimate that our share of the home market is {n}%, little changed from last year.",
        "Customers asked for shorter lead times, and we opened a depot near {town} to serve them.",
        "Competition from imports was strongest in standard products with low margins.",
        "Public spending on rail and water is expected to grow over the next five years.",
    ),
    "Financial review": (
        "Operating profit before exceptional items was £{m} million, an increase of {n}%.",
        "Net debt fell to £{m} million, or {d}.{d} times earnings before interest and tax.",
        "The effective tax rate was {n}%, in line with the mix of profits by country.",
        "Capital expenditure of £{m} million went mainly on the new line at {town}.",
        "Cash conversion was {n}%, helped by better control of stocks.",
        "The pension scheme showed a surplus of £{m} million on the accounting basis.",
    ),
    "Principal risks and uncertainties": (
        "The board has carried out a robust assessment of the risks that face the group.",
        "A cyber attack could interrupt our operations or expose personal data.",
        "The loss of a major customer would reduce profit, and no customer exceeds {n}% of sales.",
        "Disruption in our supply chain could delay deliveries, so we hold {n} weeks of stock.",
        "Failure to comply with laws on bribery, competition or data protection may lead to fines.",
        "Movement of risk over the year: unchanged; velocity: medium; owner: finance director.",
    ),
    "Climate-related financial disclosures": (
        "Scope 1 and 2 emissions were {k} tonnes of carbon dioxide equivalent.",
        "Two scenarios were modelled, one of two degrees and one of four degrees of warming.",
        "We aim to reach net zero by 2040, and our targets were validated this year.",
        "Waste sent to landfill fell by {n}%, and {n}% of our packaging can be recycled.",
        "Energy use per tonne of output fell by {d}% after the furnace at {town} was rebuilt.",
        "Suppliers account for most of our scope 3 emissions, and {n}% have set targets.",
    ),
    "Our people": (
        "We employed {k} people at the year end, of whom {n}% were women.",
        "The accident frequency rate was 0.{d}, the lowest that we have recorded.",
        "Our apprenticeship scheme took on {n} school leavers in {town} and beyond.",
        "In the engagement survey {n}% of colleagues said that they would recommend us.",
        "The mean gender pay gap was {n}.{d}%, and the median was a little lower.",
        "Managers complete training in fair recruitment, mental health and safe working.",
    ),
    "Section 172 statement": (
        "The directors have regard to the likely consequences of any decision in the long term.",
        "This statement sets out how the directors have considered the matters in section 172.",
        "Employees are consulted through the forum, which met {d} times during the year.",
        "Suppliers are paid on agreed terms, and we took {n} days on average to pay an invoice.",
        "In closing the {town} site the board weighed the interests of staff and customers.",
        "We meet our largest suppliers each year to discuss quality, cost and delivery.",
    ),
    "Anti-bribery and corruption": (
        "We have zero tolerance of bribery and corruption in every country in which we work.",
        "Gifts and hospitality above £{n} must be entered in the register and approved.",
        "All staff in sales and buying completed the anti-bribery course, a rate of {n}%.",
        "Agents and distributors are vetted before they are appointed and again every {d} years.",
        "Facilitation payments are forbidden, whatever the local custom may be.",
    ),
    "Whistleblowing": (
        "Colleagues can raise concerns in confidence through an independent telephone line.",
        "The audit committee reviews the reports, of which there were {n} this year.",
        "No one who speaks up in good faith suffers for it.",
        "Posters in {d} languages show the number at each site.",
    ),
    "Corporate governance report": (
        "The company complied with all provisions of the code throughout the year.",
        "The board met {n} times, and attendance is shown in the table on page {n}.",
        "An external evaluation found that the board works well and is open in debate.",
        "The matters reserved for the board are set out on the company's website.",
        "Non-executive directors hold office for terms of three years.",
        "The statement of the directors' responsibilities was approved by the board.",
    ),
    "Audit committee report": (
        "The committee considered the judgements on revenue and on the carrying value of goodwill.",
        "The external auditor has been in office for {n} years, and a tender is due in 2027.",
        "Fees for services other than audit were £{n},000, below the cap in our policy.",
        "Internal audit completed {n} reviews and followed up the actions agreed.",
        "We are satisfied that the report taken as a whole is fair, balanced and understandable.",
    ),
    "Directors' remuneration report": (
        "The annual bonus paid out at {n}% of the maximum.",
        "Awards under the long-term plan vest over three years, subject to earnings and returns.",
        "The ratio of the chief executive's pay to the median employee was {n}:1.",
        "Salaries were raised by {d}%, in line with the wider workforce.",
        "At the annual general meeting {n}% of votes were cast in favour of the policy.",
    ),
    "Directors' report": (
        "The directors present their report together with the audited financial statements.",
        "The company made no political donations during the year (2023: nil).",
        "At the year end the company had {k},000 ordinary shares in issue.",
        "The register of members shows that three holders have more than 3% of the capital.",
        "There have been no events after the balance sheet date that call for disclosure.",
        "Each director confirms that there is no relevant information of which the "
        "auditor is unaware.",
    ),
    "Notes to the financial statements": (
        "Revenue is recognised when control of the goods passes to the customer.",
        "Goodwill is tested for impairment at least once a year, at the level of each unit.",
        "Leases are shown at the present value of the payments that remain.",
        "Trade receivables of £{m} million are stated after an allowance of £0.{d} million.",
        "The discount rate used was {n}.{d}%, and a rise of one point would cut headroom "
        "by £{m} million.",
        "Balances with subsidiaries are unsecured and repayable on demand.",
        "At 1 January {k} | Additions {k} | Disposals ({n}) | At 31 December {k}",
    ),
    "Human rights": (
        "We respect human rights wherever we work and follow the guiding principles of "
        "the United Nations.",
        "Our human rights policy covers fair pay, safe work, privacy and freedom of association.",
        "We do not tolerate child labour or forced labour in any of our operations.",
        "The policy was reviewed in {d} workshops with colleagues from {town} and abroad.",
        "Security staff at our sites are trained in the proportionate use of force.",
    ),
    "Responsible sourcing": (
        "We ask suppliers to meet our code, which covers quality, ethics and the environment.",
        "During the year {n} suppliers completed our questionnaire on carbon and packaging.",
        "Timber is bought from certified forests, and palm oil is certified too.",
        "We work with smaller suppliers to simplify their terms and pay them sooner.",
        "Three suppliers were dropped because their quality did not reach our standard.",
    ),
    "Glossary": (
        "Adjusted earnings per share: earnings before exceptional items, divided by "
        "shares in issue.",
        "Basis points: hundredths of one per cent.",
        "Like-for-like sales: sales of sites that were open in both years.",
        "Modern slavery: slavery, servitude, forced labour and human trafficking.",
        "Return on capital employed: operating profit divided by net assets and net debt.",
        "Scope 3: emissions in the value chain, upstream and downstream.",
    ),
}  # fmt: skip
FRONT: Final = tuple(PROSE)[:9]
BACK: Final = tuple(PROSE)[9:]

MENTIONS: Final = (
    "Modern slavery\n\nWe have zero tolerance of modern slavery in our business and our supply "
    "chains. Our Modern Slavery Statement is published on our website, and all buyers are trained.",
    "Modern Slavery Act\n\nIn accordance with the Modern Slavery Act 2015 we publish a statement "
    "each year on the steps that we have taken. It can be found at www.example.com/slavery. The "
    "board approved the latest statement in May. We consider human trafficking and forced labour "
    "to be abhorrent and expect the same of our suppliers.",
    "Slavery and human trafficking statement\n\nOur slavery and human trafficking statement for "
    "the year is available at www.example.com and was approved by the board on 3 March 2024.",
    "Human rights and modern slavery\n\nSlavery and forced labour have no place in our business. "
    "Suppliers in countries of higher risk of forced labour are asked to fill in a questionnaire, "
    "and {n} did so. Training on modern slavery is part of the induction of each new colleague. "
    "To read our full Modern Slavery Statement, visit our website.",
)

HEADINGS: Final = (
    "Modern slavery statement",
    "MODERN SLAVERY STATEMENT 2024",
    "Slavery and Human Trafficking Statement",
    "Modern Slavery Act 2015 transparency statement",
    "4.7 Modern slavery statement",
    "Slavery and human\ntrafficking statement",
    "Statement under section 54 of the Modern Slavery Act 2015",
    "Anti-slavery and human trafficking statement for the year ended 31 December 2024",
    "Modern Slavery Act\nTransparency Statement",
    "Section 54 statement",
)
OPENINGS: Final = (
    "This statement is made pursuant to section 54 of the Modern Slavery Act 2015 and sets out the "
    "steps that {org} has taken in the year ended 31 December 2024 to prevent slavery and human "
    "trafficking.",
    "This is the statement of {org} for the financial year 2024, made under section 54(1) of the "
    "Modern Slavery Act 2015.",
    "The following statement describes the steps that we took in 2024 to keep slavery and human "
    "trafficking out of our business and supply chains, as the Modern Slavery Act requires.",
    "In accordance with section 54 of the Modern Slavery Act 2015, {org} sets out below the steps "
    "taken during the year against modern slavery.",
)
BODY: Final[dict[str, tuple[str, ...]]] = {
    "Our structure and supply chains": (
        "{org} makes and fits windows and doors, and employs {k} people at {n} sites.",
        "The group has three divisions, which are managed from {town}.",
        "Our revenue was £{m} million, most of which was earned in the United Kingdom.",
        "We buy glass, aluminium and timber from {n} direct suppliers in {d} countries.",
        "Hardware comes from Turkey, China and Vietnam through two importers.",
        "About {n}% of our spend is with suppliers with whom we have traded for over ten years.",
        "Cleaning, catering and security at our sites are provided by contractors.",
    ),
    "Our policies": (
        "Our supplier code forbids forced, bonded and child labour and the charging of "
        "fees to workers.",
        "The anti-slavery policy was revised in June and now covers agency labour.",
        "Suppliers sign the code before the first order is placed.",
        "The whistleblowing line is open to workers of our suppliers as well as to our own.",
        "The board owns these policies and looks at them every year.",
    ),
    "Assessing the risk": (
        "We rank suppliers by country, product and type of labour, with the help of a "
        "public index.",
        "The highest risk of forced labour lies in hardware from abroad and in contract cleaning.",
        "Migrant workers who are hired through agencies are the most exposed to debt bondage.",
        "A second tier was mapped this year, which brought {n} more factories into view.",
        "We consider the risk of slavery among our own employees to be low.",
    ),
    "Due diligence": (
        "We audited {n} supplier sites during the year, {d} of them without notice.",
        "The audits led to {n} findings on hours and wages, of which {d} are closed.",
        "One labour provider had kept the passports of its workers, and gave them back "
        "the same day.",
        "Contracts let us end the relationship where slavery is found and not put right.",
        "New agencies are checked for a licence, and their payslips are sampled each quarter.",
    ),
    "Training": (
        "All {n} buyers completed a course on the signs of modern slavery.",
        "Site managers were taught to spot workers who may have been trafficked.",
        "The board had a session with a charity that supports survivors.",
        "Posters with the number of the modern slavery helpline hang in every canteen.",
    ),
    "Measuring our effectiveness": (
        "We follow five measures, among them the share of suppliers that were assessed, now {n}%.",
        "No case of slavery was found this year, and {d} concerns were looked into.",
        "Fees of £{n},000 were paid back to workers at one supplier.",
        "The committee reviews these figures twice a year.",
    ),
    "Looking ahead": (
        "In the coming year we will map the third tier for aluminium.",
        "We plan to publish the list of our direct suppliers.",
        "We will bring in a refresher course for managers.",
        "Our target is to audit every site of high risk by 2026.",
    ),
}  # fmt: skip
SIGNATURES: Final = (
    "This statement was approved by the board of directors on 12 March 2025.\n\nRuth Calloway\n"
    "Chief Executive",
    "Approved by the Board and signed on its behalf by\n\nTom Ardley\nChair\n4 April 2025",
    "Signed\n\nHelen Marsh, Director\n28 February 2025",
)
TOWNS: Final = ("Brackley", "Wexford Green", "Thornhill", "Castle Moor", "Eastney")


@dataclass(frozen=True, slots=True)
class Report:
    """A report as text, and where the statement in it stands."""

    text: str
    """Pages are separated by form feeds."""
    start: int
    end: int
    """Both 0 where there is none."""


def make_report(
    seed: int,
    statement: str | None = None,
    *,
    pages: int = PAGES,
    mentions: Sequence[str] = MENTIONS,
    at: float | None = None,
    header: bool = True,
) -> Report:
    """A report of about ``pages`` pages; ``statement`` is put at the share ``at`` of it."""
    random = Random(seed)
    name = random.choice(("Alder & Finch plc", "Tarnholm Group plc", "Vexley Holdings plc"))
    sections = _sections(random, mentions, pages)
    place = int((random.random() if at is None else at) * len(sections))
    # Half of the statements begin on a page of their own.
    own_page = random.random() < 0.5
    marks = ("\x02", "\x03")
    if statement is not None:
        body = marks[0] + statement + marks[1]
        sections.insert(place, ("\f" if own_page else "") + body)
    entry = (statement or MENTIONS[0]).split("\n")[0]
    contents = _contents(random, [*PROSE, entry])
    text = _paginate([_cover(name), contents, *sections], name if header else "", random)
    start, end = text.find(marks[0]), text.find(marks[1])
    text = text.replace(marks[0], "").replace(marks[1], "")
    return Report(text, start, end - 1) if statement is not None else Report(text, 0, 0)


def make_statement(seed: int, *, heading: str | None = None, words: int = 1100) -> str:
    """A statement of about three pages in one of many shapes."""
    random = Random(seed)
    title = heading or HEADINGS[seed % len(HEADINGS)]
    style: Callable[[str], str] = random.choice((str, str.upper, str.title))
    fill = _filler(random)
    parts = [title, fill(random.choice(OPENINGS))]
    share = words / len(BODY)
    for topic, sentences in BODY.items():
        parts.append(style(topic))
        parts.extend(_paragraphs(random, sentences, share, fill))
    if random.random() < 0.6:
        parts.append(random.choice(SIGNATURES))
    return "\n\n".join(parts)


def _filler(random: Random) -> Callable[[str], str]:
    def fill(sentence: str) -> str:
        return sentence.format(
            n=random.randint(11, 98),
            m=random.randint(101, 989),
            k=f"{random.randint(1, 9)},{random.randint(100, 999)}",
            d=random.randint(2, 9),
            town=random.choice(TOWNS),
            org="Alder & Finch plc",
        )

    return fill


def _paragraphs(
    random: Random, sentences: Sequence[str], words: float, fill: Callable[[str], str]
) -> list[str]:
    found: list[str] = []
    count = 0
    while count < words:
        some = random.sample(sentences, min(len(sentences), random.randint(3, 5)))
        paragraph = " ".join(fill(one) for one in some)
        count += len(paragraph.split())
        found.append(paragraph)
    return found


def _sections(random: Random, mentions: Sequence[str], pages: int) -> list[str]:
    fill = _filler(random)
    sections: list[str] = []
    total = pages * 520
    for topic, sentences in PROSE.items():
        # Notes are half of a report; the small sections are a page at most.
        few = topic in ("Anti-bribery and corruption", "Whistleblowing", "Human rights", "Glossary")
        words = 220 if few else total / 30
        if topic.startswith("Notes"):
            words = total / 2
        heading = random.choice((topic, topic.upper()))
        sections.append("\n\n".join([heading, *_paragraphs(random, sentences, words, fill)]))
    for mention in mentions:
        sections.insert(random.randrange(3, len(sections)), fill(mention))
    return sections


def _cover(name: str) -> str:
    return f"{name}\n\nAnnual Report and Accounts 2024\n"


def _contents(random: Random, topics: Sequence[str]) -> str:
    style = random.choice(("{0} {1}", "{0} ........ {1}", "{1} {0}", "{0}\n{1}"))
    lines = [style.format(topic, 3 + 9 * index) for index, topic in enumerate(topics)]
    return "\f" + "\n".join(["Contents", *lines]) + "\f"


def _paginate(sections: Sequence[str], name: str, random: Random) -> str:
    """Wrap the paragraphs and cut them into pages with a running header and a page number."""
    gap = random.choice((True, True, False))  # blank lines between paragraphs, or not
    lines: list[str] = []
    for section in sections:
        for paragraph in section.split("\n\n"):
            for piece in paragraph.split("\n"):
                whole = "\f" in piece
                lines.extend(
                    [piece] if whole else textwrap.wrap(piece, LINE, break_on_hyphens=False)
                )
            if gap:
                lines.append("")
    pages: list[list[str]] = [[]]
    for line in lines:
        before, *breaks = line.split("\f")
        pages[-1].append(before)
        for after in breaks:
            pages.append([after])
        if len(pages[-1]) >= LINES:
            pages.append([])
    head = f"{name} Annual Report 2024" if name else ""
    return "\f".join(
        "\n".join([*([head, ""] if head else []), *page, "", str(number)])
        for number, page in enumerate(pages, 1)
    )
