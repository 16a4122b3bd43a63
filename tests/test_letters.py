"""Every letter of the languages of Europe is printed, in every style, and what cannot be printed is named."""

from __future__ import annotations

import string
import unicodedata
from collections import Counter

import pytest
from library_case import LibraryCase

from printables.library.languages import OTHER_ALPHABETS
from printables.typeset.engine import typeset
from printables.typeset.fonts import FAMILY, WIDER_FAMILY, covered, covered_by_wider, needs_wider
from printables.typeset.inspect.text import read_pdf
from printables.typeset.page import Page, Printed, PrintRules


def is_composed_letter(sign: str) -> bool:
    """Whether a sign is a letter that stays as it is when text is composed, as all text of records is."""
    return unicodedata.category(sign).startswith("L") and unicodedata.normalize("NFC", sign) == sign


LATIN = "".join(chr(code) for code in range(0xC0, 0x180) if chr(code) not in "×÷ŉ")
LATIN += "ȘșȚțẞẀẁẂẃẄẅỲỳƏəǤǥǦǧǨǩǮǯƷʒǍǎǏǐǑǒǓǔḂḃḊḋḞḟṀṁṖṗṠṡṪṫẼẽỸỹǺǻǼǽǾǿ"
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψωςΆΈΉΊΌΎΏΪΫάέήίόύώϊϋΐΰ"
CYRILLIC = (
    "".join(chr(code) for code in range(0x400, 0x460)) + "ҐґҒғҖҗҘҙҚқҠҡҢңҤҥҪҫҮүҰұҲҳҶҷҺһӀӁӂӐӑӒӓӖӗӘәӜӝӞӟӢӣӤӥӦӧӨөӮӯӰӱӲӳӴӵӸӹ"
)
POLYTONIC = "".join(chr(code) for code in range(0x1F00, 0x2000) if is_composed_letter(chr(code)))
KILDIN_SAMI = "ҌҍӉӊҎҏӆӅӍӎҊҋҺһӬӭ"
ALPHABETS = {
    "Latin": LATIN,
    "Greek": GREEK,
    "Greek, polytonic": POLYTONIC,
    "Cyrillic": CYRILLIC + KILDIN_SAMI,
    "Albanian": "ÇçËë",
    "Azerbaijani": "ÇçƏəĞğIıİiÖöŞşÜü",
    "Basque, Galician, Spanish": "ÁáÉéÍíÑñÓóÚúÜüÇç¿¡",
    "Belarusian": "ЁёІіЎў",
    "Breton": "ÂâÊêÎîÔôÛûÙùÑñÜü",
    "Bulgarian": "АаБбВвГгДдЕеЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЬьЮюЯяЀѐЍѝ",
    "Catalan": "ÀàÇçÈèÉéÍíÏïĿŀÒòÓóÚúÜü·",
    "Croatian, Bosnian, Slovene, Montenegrin": "ČčĆćĐđŠšŽžŚśŹźǄǅǆǇǈǉǊǋǌ",
    "Czech": "ÁáČčĎďÉéĚěÍíŇňÓóŘřŠšŤťÚúŮůÝýŽž",
    "Danish, Norwegian": "ÆæØøÅåÉéǾǿ",
    "Dutch, Frisian": "ÁáÉéËëÍíÏïÓóÖöÚúÛûÜüÂâÊêÎîÔôĲĳ",
    "Esperanto": "ĈĉĜĝĤĥĴĵŜŝŬŭ",
    "Estonian": "ÄäÕõÖöÜüŠšŽž",
    "Faroese, Icelandic": "ÁáÐðÉéÍíÓóÚúÝýÞþÆæÖöØø",
    "Finnish, Swedish": "ÅåÄäÖöŠšŽž",
    "French": "ÀàÂâÆæÇçÈèÉéÊêËëÎîÏïÔôŒœÙùÛûÜüŸÿ«»",
    "German": "ÄäÖöÜüẞß„“",
    "Hungarian": "ÁáÉéÍíÓóÖöŐőÚúÜüŰű",
    "Irish, Gaelic, Manx": "ÁáÉéÍíÓóÚúÀàÈèÌìÒòÙùÇçḂḃĊċḊḋḞḟĠġṀṁṖṗṠṡṪṫ",
    "Italian, Corsican, Sardinian": "ÀàÈèÉéÌìÍíÎîÒòÓóÙùÚú",
    "Latvian": "ĀāČčĒēĢģĪīĶķĻļŅņŌōŖŗŠšŪūŽž",
    "Lithuanian": "ĄąČčĘęĖėĮįŠšŲųŪūŽž",
    "Luxembourgish, Romansh": "ÄäÉéËëÈèÎîÒòÙùÜü",
    "Macedonian": "ЃѓЌќЅѕЈјЉљЊњЏџЀѐЍѝ",
    "Maltese": "ĊċĠġĦħŻżÀàÈèÌìÒòÙù",
    "Polish, Kashubian, Sorbian": "ĄąĆćĘęŁłŃńÓóŚśŹźŻżÃãÉéËëÒòÔôÙùČčĚěŘřŠšŽžŔŕ",
    "Portuguese": "ÁáÂâÃãÀàÇçÉéÊêÍíÓóÔôÕõÚúÜü",
    "Romanian": "ĂăÂâÎîȘșȚțŞşŢţ",
    "Russian": "АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя",
    "Sami": "ÁáČčĐđŊŋŠšŦŧŽžÂâÄäÅåÃãÕõǤǥǦǧǨǩƷʒǮǯÏïÖöÆæØø",
    "Serbian": "ЂђЈјЉљЊњЋћЏџ",
    "Slovak": "ÁáÄäČčĎďÉéÍíĹĺĽľŇňÓóÔôŔŕŠšŤťÚúÝýŽž",
    "Turkish, Crimean Tatar, Gagauz": "ÇçĞğIıİiÖöŞşÜüÂâÎîÛûÑñÄäȚțÊê",
    "Ukrainian": "ҐґЄєІіЇїЬьЩщʼ’",
    "Welsh": "ÂâÊêÎîÔôÛûŴŵŶŷÀàÈèÌìÒòÙùẀẁỲỳÁáÉéÍíÓóÚúẂẃÝýÄäËëÏïÖöÜüẄẅŸÿ",
}
"""Whole alphabets beyond ASCII, then what each language adds. Of Livonian alone, no typeface here has Ḑ and ḑ."""
LETTERS = "".join(dict.fromkeys("".join(ALPHABETS.values())))
BODY = (
    '<!doctype html><html lang="en"><head><title>A page</title></head><body><h1>What is on the page</h1>'
    "<p>{0}</p><p><em>{0}</em></p><p><strong>{0}</strong></p><p><strong><em>{0}</em></strong></p></body></html>"
)
STYLE = "@page {{ size: A4 }} html {{ font: 14pt/1.5 {} }} body {{ max-width: 150mm }}"
BOTH = f'"{FAMILY}", "{WIDER_FAMILY}"'


def printed(words: str, fonts: str = BOTH) -> Printed:
    return typeset(Page(BODY.format(words), STYLE.format(fonts), (), PrintRules(max_pages=9, last_page_fill=0)))


def own_fonts_alone(made: Printed) -> bool:
    fonts = {run.font.replace("-", "") for sheet in read_pdf(made.pdf) for line in sheet.lines for run in line.runs}
    return all(font.startswith((FAMILY.replace(" ", ""), WIDER_FAMILY.replace(" ", ""))) for font in fonts)


@pytest.fixture(scope="module")
def made() -> Printed:
    """All letters in every style, printed once."""
    return printed(" ".join(LETTERS[at : at + 12] for at in range(0, len(LETTERS), 12)))


@pytest.fixture(scope="module")
def shown(made: Printed) -> Counter[str]:
    """How often each letter can be read in the PDF."""
    text = "".join(line.text for sheet in read_pdf(made.pdf) for line in sheet.lines)
    return Counter(unicodedata.normalize("NFC", text))


@pytest.mark.pdf
def test_all_letters_are_printed_in_our_own_fonts(made: Printed) -> None:
    assert made.findings == ()
    assert own_fonts_alone(made)


@pytest.mark.pdf
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_every_letter_can_be_read_in_each_of_four_styles(shown: Counter[str], alphabet: str) -> None:
    assert [letter for letter in ALPHABETS[alphabet] if shown[unicodedata.normalize("NFC", letter)] < 4] == []


@pytest.mark.pdf
def test_a_welsh_name_however_it_was_typed() -> None:
    name = "Clinig Llandŵr a Thŷ Gwyn"
    for words in (name, unicodedata.normalize("NFC", unicodedata.normalize("NFD", name))):
        assert printed(words).findings == ()


@pytest.mark.pdf
def test_what_no_font_has_is_named_by_number_and_name() -> None:
    found = [finding.what for finding in printed("湖").findings if "printed in the font" in finding.what]
    assert len(found) in (0, 1)  # a system without any such font prints nothing, and says that words are missing
    for what in found:
        assert 'lack "湖" (U+6E56, CJK UNIFIED IDEOGRAPH-6E56).' in what


@pytest.mark.pdf
def test_without_such_letters_a_page_is_what_it_was_before() -> None:
    words = "Café “naïve” – łódź…"
    assert not needs_wider(words)
    assert printed(words).pdf == printed(words, f'"{FAMILY}"').pdf


def test_the_second_typeface_has_all_that_the_first_lacks() -> None:
    for letters in ALPHABETS.values():
        assert set(map(ord, letters)) <= covered() | covered_by_wider()
    assert set(map(ord, string.printable.strip())) <= covered()
    assert needs_wider("plain", "Tŷ") and not needs_wider("plain", "湖")


def test_no_letter_that_is_printed_is_of_another_alphabet() -> None:
    assert [chr(code) for code in covered() | covered_by_wider() if OTHER_ALPHABETS.search(chr(code))] == []


@pytest.mark.parametrize("letter", ["Ա", "अ", "ა", "湖", "あ", "한", "ไ", "አ"])
def test_a_name_in_letters_that_no_typeface_has_is_named_at_its_line(case: LibraryCase, letter: str) -> None:
    file = "content/clinics/far.yaml"
    case.write(file, f"id: far\nregion: england\nname: Anytown {letter}\n")
    named = f"U+{ord(letter):04X}, {unicodedata.name(letter)}"
    said = f'name: The typefaces have no "{letter}" ({named}). Write it in Latin, Greek or Cyrillic letters.'
    assert case.problems() == [f"{file}:3: {said}"]
