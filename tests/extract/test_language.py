"""Languages: of documents, and of passages in them."""

from __future__ import annotations

import pytest

from assess.extract import from_plain_text
from assess.records import Text

ENGLISH = (
    "This statement is made under section 54 of the Modern Slavery Act 2015 and sets out the steps "
    "that the council took during the year against slavery and human trafficking.",
    "We assess the risk of forced labour in our supply chains every year, and we publish what we "
    "find. Our suppliers sign a code of conduct before the first order is placed with them.",
    "All buyers were trained, and the cabinet approved this statement on 3 July 2024. We will look "
    "at the agencies that send us care workers in the coming year.",
)
WELSH = (
    "Gwneir y datganiad hwn o dan adran 54 o Ddeddf Caethwasiaeth Fodern 2015 ac mae'n nodi'r "
    "camau a gymerodd y cyngor yn ystod y flwyddyn yn erbyn caethwasiaeth a masnachu pobl.",
    "Rydym yn asesu'r risg o lafur gorfodol yn ein cadwyni cyflenwi bob blwyddyn, ac yn cyhoeddi'r "
    "hyn yr ydym yn ei ganfod. Mae ein cyflenwyr yn llofnodi cod ymddygiad cyn yr archeb gyntaf.",
    "Cafodd pob prynwr ei hyfforddi, a chymeradwyodd y cabinet y datganiad hwn ar 3 Gorffennaf "
    "2024. Byddwn yn edrych ar yr asiantaethau sy'n anfon gweithwyr gofal atom y flwyddyn nesaf.",
)
OTHERS = {
    "fr": "La présente déclaration expose les mesures que la société a prises au cours de "
    "l'exercice contre l'esclavage et la traite des êtres humains. Nos fournisseurs "
    "signent un code "
    "de conduite avant la première commande, et nous contrôlons chaque année leurs ateliers.",
    "de": "Diese Erklärung beschreibt die Schritte, die das Unternehmen im Geschäftsjahr gegen "
    "Sklaverei und Menschenhandel unternommen hat. Unsere Lieferanten unterschreiben "
    "vor der ersten "
    "Bestellung einen Kodex, und wir prüfen ihre Betriebe in jedem Jahr.",
    "es": "Esta declaración expone las medidas que la empresa adoptó durante el ejercicio contra "
    "la esclavitud y la trata de personas. Nuestros proveedores firman un código de "
    "conducta antes del "
    "primer pedido, y cada año visitamos sus talleres para hablar con los trabajadores.",
    "pl": "Niniejsze oświadczenie opisuje działania, które spółka podjęła w ciągu roku przeciwko "
    "niewolnictwu i handlowi ludźmi. Nasi dostawcy podpisują kodeks postępowania przed pierwszym "
    "zamówieniem, a co roku sprawdzamy ich zakłady i rozmawiamy z pracownikami.",
    "zh": "本声明阐述了公司在本财政年度为防止奴役和人口贩运而采取的措施。"
    "我们的供应商在第一份订单之前签署行为准则，我们每年对其工厂进行审核，并与工人进行交谈。董事会批准了本声明。",
}  # fmt: skip


def passages(text: Text) -> list[tuple[str, str]]:
    return [(part.language, text.content[part.start : part.end]) for part in text.parts]


def test_welsh_first_english_behind() -> None:
    """As the columns of a bilingual page come."""
    text = from_plain_text("\n\n".join((*WELSH, *ENGLISH)))
    assert text.language == "en" and "bilingual" in text.flags
    assert passages(text) == [("cy", "\n\n".join(WELSH))]
    assert not any(part.judged for part in text.parts)


def test_paragraphs_in_turn() -> None:
    text = from_plain_text(
        "\n\n".join(one for pair in zip(WELSH, ENGLISH, strict=True) for one in pair)
    )
    assert text.language == "en" and passages(text) == [("cy", one) for one in WELSH]


def test_short_rows_in_turn() -> None:
    """Cells of a table with one language in each column: none is long enough by itself."""
    rows = [
        ("Cafodd pob prynwr ei hyfforddi yn ystod y flwyddyn.", "All of our buyers were trained."),
        ("Mae ein cyflenwyr yn llofnodi cod ymddygiad.", "The suppliers sign a code of conduct."),
        ("Rydym yn archwilio'r ffatrïoedd bob blwyddyn.", "We audit all of our factories."),
        ("Byddwn yn cyhoeddi'r canlyniadau ar ein gwefan.", "We will publish what was found."),
        ("Mae gan weithwyr linell gymorth gyfrinachol.", "Workers have a line that is secret."),
    ] * 3  # fmt: skip
    text = from_plain_text("\n\n".join(one for row in rows for one in row))
    assert text.language == "en"
    assert passages(text) == [("cy", welsh) for welsh, _ in rows]


def test_wholly_welsh() -> None:
    text = from_plain_text("\n\n".join(WELSH))
    assert (text.language, text.parts) == ("cy", ())


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages(language: str) -> None:
    alone = from_plain_text(OTHERS[language] * 2)
    assert (alone.language, alone.parts) == (language, ())
    beside = from_plain_text("\n\n".join((*ENGLISH, OTHERS[language])))
    assert beside.language == "en" and passages(beside) == [(language, OTHERS[language])]


def test_few_words_of_english_do_not_make_a_statement() -> None:
    text = from_plain_text(
        "\n\n".join((*WELSH, "Contact us if you have any questions about this."))
    )
    assert (text.language, text.parts) == ("cy", ())


def test_names_addresses_and_lists_are_no_language() -> None:
    names = (
        "Alder Mills GmbH, Kaiserstrasse 14, 60311 Frankfurt am Main; Alder Filature "
        "S.A.S., 12 rue "
        "de la République, 69002 Lyon; Alder Hilados S.L., Calle Mayor 9, Madrid; Alder Tessuti "
        "S.p.A., Via Roma 27, Prato; Alder Polska Sp. z o.o., ul. Piotrkowska 80, "
        "Łódź; Alder Cymru "
        "Cyf., Heol y Gogledd, Aberystwyth; Alder Nederland B.V., Stationsplein 1, Tilburg"
    )
    text = from_plain_text("\n\n".join((*ENGLISH, names, "Our values\nHonesty\nCare\nCourage")))
    assert (text.language, text.parts) == ("en", ())


def test_too_short_to_tell() -> None:
    assert from_plain_text("Modern slavery statement. We act.").language == "und"
