"""Every letter of the languages of Europe is printed, in every style, and what cannot be printed is named."""

from __future__ import annotations

import string
import unicodedata

import pytest

from printables.typeset.engine import typeset
from printables.typeset.fonts import FAMILY, WIDER_FAMILY, covered, covered_by_wider, needs_wider
from printables.typeset.inspect.text import read_pdf
from printables.typeset.page import Page, Printed

LATIN = "".join(chr(code) for code in range(0xC0, 0x180) if chr(code) not in "×÷ŉ")
LATIN += "ȘșȚțẞẀẁẂẃẄẅỲỳƏəǤǥǦǧǨǩǮǯƷʒǍǎǏǐǑǒǓǔḂḃḊḋḞḟṀṁṖṗṠṡṪṫẼẽỸỹǺǻǼǽǾǿ"
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψωςΆΈΉΊΌΎΏΪΫάέήίόύώϊϋΐΰ"
CYRILLIC = (
    "".join(chr(code) for code in range(0x400, 0x460)) + "ҐґҒғҖҗҘҙҚқҠҡҢңҤҥҪҫҮүҰұҲҳҶҷҺһӀӁӂӐӑӒӓӖӗӘәӜӝӞӟӢӣӤӥӦӧӨөӮӯӰӱӲӳӴӵӸӹ"
)
ALPHABETS = {"Latin": LATIN, "Greek": GREEK, "Cyrillic": CYRILLIC}
"""Beyond ASCII: Welsh, Maltese, Esperanto, Sami, Irish in its old letters, Azerbaijani, Breton, all languages of the
European Union, and those of Russia and its neighbours that are written in Cyrillic."""
BODY = (
    '<!doctype html><html lang="en"><head><title>A page</title></head><body><h1>What is on the page</h1>'
    "<p>{0}</p><p><em>{0}</em></p><p><strong>{0}</strong></p><p><strong><em>{0}</em></strong></p></body></html>"
)
STYLE = "@page {{ size: A4 }} html {{ font: 14pt/1.5 {} }} body {{ max-width: 150mm }}"
BOTH = f'"{FAMILY}", "{WIDER_FAMILY}"'


def printed(words: str, fonts: str = BOTH) -> Printed:
    return typeset(Page(BODY.format(words), STYLE.format(fonts), ()))


def own_fonts_alone(made: Printed) -> bool:
    fonts = {run.font.replace("-", "") for sheet in read_pdf(made.pdf) for line in sheet.lines for run in line.runs}
    return all(font.startswith((FAMILY.replace(" ", ""), WIDER_FAMILY.replace(" ", ""))) for font in fonts)


@pytest.mark.pdf
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_every_letter_is_printed_in_our_own_fonts(alphabet: str) -> None:
    letters = ALPHABETS[alphabet]
    words = " ".join(letters[at : at + 12] for at in range(0, len(letters), 12))
    made = printed(words)
    assert made.findings == ()
    assert own_fonts_alone(made)
    shown = "".join(line.text for sheet in read_pdf(made.pdf) for line in sheet.lines)
    assert set(letters) <= set(unicodedata.normalize("NFC", shown))


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
