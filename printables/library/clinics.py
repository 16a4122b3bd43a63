"""The clinic record: name, colours, contacts and shelf."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from printables.library.editions import USUAL, EditionName
from printables.library.fields import (
    MAX_SLUG,
    Address,
    Colour,
    Flag,
    Line,
    ProperName,
    Record,
    Slug,
    Text,
    Words,
    wrong,
)
from printables.library.lengths import AtMost

LONGEST_WEB = 120
"""The longest address for a QR code: one inch wide, more characters make its modules too small for many phones."""

LONGEST_NOTE = 1000
"""Characters of a local note for one audience: about half a page."""
ADDRESS_LINES = 8

Name = Annotated[ProperName, AtMost(120)]
Contact = Annotated[Line, AtMost(120)]
"""A way to reach the clinic. Whatever these limits allow can be printed in every edition: tests/matrix_clinics.py."""
Short = Annotated[Line, AtMost(80)]


class CrisisLine(Record):
    """A clinic's own number for people in crisis, in the help-now box: "Name: How. For whom. Hours.".

    The full stops are added, and the letters after them made capitals. It stands after the first help line.
    """

    name: Short = Field(description="What it is called, without a colon: Riverside crisis line.")
    how: Contact = Field(description="What to do, with the number: Call 01632 960003.")
    hours: Short = Field(description="When it answers: Day and night. What most lines say alike stands once, below.")
    for_whom: Short = Field(description="For whom it is: Anyone in our care.")


class Shelf(Record):
    """One kind of handout that a clinic keeps for these readers: a therapy's leaflets and worksheets, or a worksheet.

    A leaflet tells its reader to ask for the therapy's worksheets, so these come along, in the same editions but never
    folded. Where the shelf names some of them, these alone are on it.
    """

    therapy: Slug | None = None
    worksheets: Flag | None = Field(
        None, description="Whether the therapy's worksheets come along: yes, unless the shelf names some of them."
    )
    worksheet: Slug | None = Field(None, description="Instead of a therapy: the id of a worksheet.")
    audiences: list[Slug] = Field(default_factory=list, description="For whom; leave it out for every reader.")
    editions: list[EditionName] = Field(
        default_factory=lambda: [USUAL], description="How they are printed: a4, letter, a5-booklet, a4-large-print."
    )

    @model_validator(mode="after")
    def _one_of_two(self) -> Shelf:
        if (self.therapy is None) == (self.worksheet is None):
            raise wrong("This must name a therapy or a worksheet, and not both.", "Keep one of the two keys.")
        if self.worksheet and self.worksheets is not None:
            what = 'The key "worksheets" says whether a therapy brings its worksheets, and this names a worksheet.'
            raise wrong(what, "Delete that key here.")
        return self


class Clinic(Record):
    """A clinic that hands leaflets out: content/clinics/<id>.yaml."""

    id: Slug = Field(description=f"Its short name, for files and folders, {MAX_SLUG} characters at most.")
    name: Name = Field(description="Its name, as it is printed.")
    region: Slug = Field(description="The region whose help lines its leaflets give.")
    logo: ProperName | None = Field(
        None,
        description="A file beside this one: SVG with letters as paths (512 KB at most), PNG, JPEG, WebP (20 MB).",
    )
    pictures: Slug | None = Field(
        None,
        description="A folder beside this file with its own pictures for Easy Read: talk.png stands for our talk.",
    )
    colours: dict[Slug, Colour] = Field(
        default_factory=dict,
        description="The colour of its name and rule, by audience; any serves the others. Darkened until it reads.",
    )
    crisis: CrisisLine | None = Field(None, description="Its own number for people in crisis.")
    shelf: list[Shelf] = Field(default_factory=list, description="What it hands out; leave it out for everything.")
    address: Annotated[Text, AtMost(400)] | None = Field(
        None, description=f"Its postal address; its lines, {ADDRESS_LINES} at most, stay lines: write it below a |."
    )
    phone: Contact | None = Field(None, description="Its phone number.")
    hours: Contact | None = Field(None, description="When it is open: Weekdays, 9am to 5pm.")
    email: Annotated[ProperName, AtMost(120)] | None = Field(
        None, pattern=r"^[^@\s<>]+@[^@\s<>]+\.[a-z]+$", description="Its e-mail address."
    )
    web: Address | None = Field(
        None, description=f"Its web address, a QR code too on every leaflet. {LONGEST_WEB} characters at most."
    )
    feedback: Contact | None = Field(None, description="How to comment on the leaflet.")
    other_formats: Contact | None = Field(None, description="How to get large print, audio or Braille.")
    languages: Contact | None = Field(None, description="How to get it in another language.")
    words: Words = Field(
        default_factory=dict,
        description=f"A local note for each audience, under the contacts. {LONGEST_NOTE:,} characters at most in each.",
    )

    @field_validator("address")
    @classmethod
    def _few_lines(cls, address: str | None) -> str | None:
        lines = [" ".join(line.split()) for line in (address or "").split("\n") if line.strip()]
        if len(lines) > ADDRESS_LINES:
            raise wrong(f"The address has {len(lines)} lines, and {ADDRESS_LINES} are the most.", "Join some of them.")
        return "\n".join(lines) or None

    @field_validator("words")
    @classmethod
    def _short_notes(cls, words: dict[str, str]) -> dict[str, str]:
        for name, text in words.items():
            if len(text) > LONGEST_NOTE:
                what = f"The note for {name} has {len(text):,} characters, and {LONGEST_NOTE:,} are the most."
                raise wrong(what, "Keep what somebody needs to come to you, and put the rest on your website.")
        return words

    @field_validator("web")
    @classmethod
    def _fits_a_code(cls, web: str | None) -> str | None:
        if web and len(web.encode()) > LONGEST_WEB:
            what = f"The address has {len(web):,} characters; a QR code that phones can read holds {LONGEST_WEB}."
            raise wrong(what, "Write a shorter one, such as that of your first page.")
        return web
