"""Sentences for made documents: as statements word them, each different from all others."""

from __future__ import annotations

from typing import Final

PROSE: Final = tuple(
    """
We make and sell kitchen furniture from three sites in the north of England.
About nine hundred people work for us, and most of them are on permanent contracts.
Our board looks at the risk of forced labour twice a year and records what it decides.
The finance director answers to the board for the actions that are set out below.
We buy timber, fittings, packaging and cleaning services from some four hundred suppliers.
Two thirds of our spending goes to companies in the United Kingdom and in Poland.
The remainder is spent with makers of hinges and handles in Vietnam, Turkey and India.
During the year we asked every supplier in those countries to complete a questionnaire.
Eighty-one per cent of them replied within six weeks, and we called the others by telephone.
Where an answer raised a concern, a buyer and an outside auditor visited the factory together.
Workers were interviewed away from their managers and in a language of their own choice.
The visits found that four sites kept the passports of migrant workers in a locked office.
All four have since returned the documents and have changed their written rules.
We also found that recruitment fees had been charged to eleven people by a labour agency.
The agency has repaid those fees in full, and we checked the payments against bank records.
Nobody was dismissed for having spoken to our auditors, which we confirmed three months later.
Our code of conduct forbids the use of child labour at any level of the supply chain.
It also says that workers must be free to leave their job after reasonable notice.
New suppliers sign the code before we place a first order with them.
Existing suppliers were asked to sign the revised version by the end of September.
A confidential telephone line is open to anybody who works for us or for a supplier.
It received seventeen calls in the period, of which two concerned hours of work.
Both of these were looked into by a manager from another site within ten days.
Neither case turned out to involve coercion, but overtime records are now checked monthly.
Everyone who places orders has been trained to notice the signs of exploitation.
The course takes half a day and ends with a short test that has to be passed.
Temporary staff at our warehouse come from two agencies that hold a licence.
We inspect their payslips every quarter and compare them with the rota.
Cleaners and caterers are employed by contractors whose wage records we may see at any time.
We pay at least the real living wage and require our contractors to do the same.
Hauliers are reviewed each spring because drivers often sleep away from home.
Last spring one haulier was replaced after it had refused to show its shift records.
Cotton for our upholstery carries a certificate that traces it back to the gin.
Where a certificate is missing, the roll is held in quarantine until it has been found.
Risk is scored from one to five by country, by product and by type of labour.
Anything that scores four or more is visited before the contract is renewed.
Progress is measured against six indicators that the board agreed in January.
They cover training, audits, grievances, repayment of fees, wages and traceability.
The results are shown in the table and will be reported again in twelve months.
We did not reach our target for tracing tier two suppliers of metal parts.
Only half of them have so far told us where their raw materials come from.
In the coming year we will bring tier two fabric mills into the programme.
We will publish a list of our factories and the number of people who work in each.
A worker survey by mobile telephone will be tried out at six sites in Tamil Nadu.
We joined a group of retailers that shares audit reports and avoids double visits.
Our landlord has agreed to let us speak with the guards who are employed on the estate.
Suppliers that fall short are given ninety days to put matters right.
Only when nothing has changed by then do we end the relationship.
Ending a contract at once may leave workers worse off than they were before.
For that reason we first look for a remedy with the people who are affected.
A charity that supports survivors advised us when we wrote this procedure.
It also reads our annual plan and tells us where it thinks that we are too slow.
The policy on responsible purchasing limits how late an order may be changed.
Late changes were the main cause of excessive overtime at our partners abroad.
Buyers must now give eight weeks of notice or bear the cost of the extra hours.
Their bonus depends in part on keeping to that rule throughout the season.
Subsidiaries in Ireland and in the Netherlands follow the same procedures.
Their managing directors confirm this to the group secretary in writing each March.
No enforcement notice has been served on any company of the group.
Should we ever discover a case of slavery, we would tell the police without delay.
""".strip().splitlines()
)

WELSH: Final = tuple(
    """
Mae’r datganiad hwn yn nodi’r camau a gymerwyd gennym i atal caethwasiaeth fodern.
Rydym yn gwneud ac yn gwerthu dodrefn cegin o dri safle yng ngogledd Cymru.
Mae tua naw cant o bobl yn gweithio i’r cwmni ar hyn o bryd.
Bydd y bwrdd yn adolygu’r risg o lafur gorfodol ddwywaith y flwyddyn.
Gofynnwyd i bob cyflenwr lenwi holiadur yn ystod y flwyddyn ariannol.
Cafodd gweithwyr eu cyfweld i ffwrdd o’u rheolwyr ac yn eu hiaith eu hunain.
Mae’n rhaid i gyflenwyr newydd lofnodi’r cod cyn i ni osod archeb.
Mae llinell ffôn gyfrinachol ar gael i unrhyw un sy’n gweithio i ni.
Hyfforddwyd pawb sy’n gosod archebion i sylwi ar arwyddion camfanteisio.
Rydym yn talu o leiaf y cyflog byw gwirioneddol i’n holl staff.
Ni chyrhaeddwyd ein targed ar gyfer olrhain cyflenwyr ail haen.
Cymeradwywyd y datganiad hwn gan y bwrdd ym mis Mawrth.
""".strip().splitlines()
)

FIRST_PERSON: Final = ("Signed for Alder Kitchens Limited", "Margaret Hollis", "Chief Executive")
SECOND_PERSON: Final = ("Signed for Alder Holdings plc", "Devinder Sandhu", "Group Chair")

INDICATORS: Final = (
    ("Indicator", "2022", "2023", "2024"),
    ("Staff trained", "412", "655", "873"),
    ("Sites audited", "9", "14", "31"),
    ("Calls to the line", "3", "11", "17"),
    ("Fees repaid (£)", "0", "4,200", "18,750"),
    ("Suppliers traced", "38%", "47%", "51%"),
    ("Living wage sites", "2", "3", "3"),
)
PROFILE: Final = (
    ("Company", "Alder Kitchens Limited"),
    ("Company number", "04417725"),
    ("Registered office", "12 Mill Lane, Harrogate"),
    ("Financial year ended", "31 March 2024"),
    ("Employees", "913"),
    ("Countries of supply", "Poland, Vietnam, Turkey and India"),
    ("Person responsible", "Finance director"),
    ("Date of approval", "14 June 2024"),
)
RISKS: Final = (
    ("Risk", "Where it arises", "What we did in the year"),
    (
        "Fees charged to migrant workers",
        "Labour agencies that recruit for factories in Vietnam and in the Gulf",
        "Interviewed sixty workers and had the fees of eleven people repaid in full",
    ),
    (
        "Excessive overtime before the winter season",
        "Sewing and finishing shops in Turkey with fewer than fifty staff",
        "Gave eight weeks of notice of every change and checked the rota each month",
    ),
    (
        "Child labour in cotton",
        "Ginning and picking in districts that have no certificate of origin",
        "Held all uncertified rolls in quarantine until their origin was proven",
    ),
    (
        "Passports kept by an employer",
        "Hostels that belong to the owners of the factory",
        "Required that each worker has a locker with a key of his or her own",
    ),
)
EMPTY_CELLS: Final = (
    ("Country", "Suppliers", "Visited", "Remark"),
    ("Poland", "41", "6", ""),
    ("Vietnam", "12", "", "Visit moved to May"),
    ("Turkey", "19", "8", "Two follow-up visits"),
    ("India", "23", "", ""),
    ("Ireland", "7", "", "Low risk"),
)
