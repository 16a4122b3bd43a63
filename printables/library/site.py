"""Settings of the website: address, editions, wording."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from printables.library.crisis import CrisisWords
from printables.library.editions import USUAL, EditionName, edition
from printables.library.everyday import EverydayWords
from printables.library.fields import Address, Language, Line, Record, Slug, Text, wrong
from printables.library.locales import Counted
from printables.library.type_notes import OWN

HOST = re.compile(r"https://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?")
"""What a policy calls a source of frames: a host alone, where a star stands for every name below it."""
OFFERED = tuple(edition(name) for name in ("a4", "a4-large-print", "a4-ink-saver", "a5-booklet-private-cover"))
"""The website's default editions."""
EXAMPLE = "https://leaflets.example.org/"
PLACE = re.compile(r"https?://[^\s\\?#<>\"]+")
FILE = re.compile(r"[^/]+\.[A-Za-z][A-Za-z0-9]{0,9}")
"""The name of a file: its ending begins with a letter, so that a folder such as v1.2 is none."""


def site_address_fault(address: str) -> tuple[str, str] | None:
    """Return what is wrong with the address of a website, and how to mend it; None if all is well.

    It stands on every page, so a password in it would be published, and paths are put behind it, so it is a folder's.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if host and "@" in parts.netloc:
        place = f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path}"
        return "The address of the website holds a name or a password, which all visitors would see.", f"Write {place}."
    if not PLACE.fullmatch(address) or not host:
        return f'"{address}" is not the address of a website.', f"Write one such as {EXAMPLE}."
    above, _, name = address.rpartition("/")
    if parts.path and FILE.fullmatch(name):
        mend = f"Write the address of its folder, {above}/, or a slash behind it if it is a folder."
        return f'"{address}" is the address of a file.', mend
    return None


class Renamed(Record):
    """Former ids and what they are called today, so that old addresses, links and codes go on working."""

    therapies: dict[Slug, Slug] = Field(default_factory=dict, description="The former id, then today's.")
    worksheets: dict[Slug, Slug] = Field(default_factory=dict, description="The same for worksheets.")
    conditions: dict[Slug, Slug] = Field(default_factory=dict, description="The same for problems.")


class Site(Record):
    """The website's settings: content/site.yaml. All are optional."""

    address: Address | None = Field(
        None,
        description="Where it will stand, such as https://leaflets.example.org/; search engines need it, and missing "
        "pages where the website stands below a folder of its host.",
    )
    editions: list[EditionName] = Field(
        default_factory=lambda: list(OFFERED), description="Which editions it offers; the usual one is always there."
    )

    leave_to: Address = Field(
        "https://www.bbc.co.uk/weather",
        description="Where the button leads that leaves a page at once, for readers with `quick_exit`: a website that "
        "anybody might have open.",
    )
    frame_by: list[Address] = Field(
        default_factory=list,
        description="Websites that may show leaflets inside of their own pages, such as https://www.example.org; "
        "without any, no other website can.",
    )
    renamed: Renamed = Field(default_factory=Renamed, description="Ids that were changed after leaflets were printed.")

    @field_validator("address", mode="before")
    @classmethod
    def _is_a_folder(cls, address: object) -> object:
        if isinstance(address, str) and (fault := site_address_fault(address)):
            raise wrong(*fault)
        return address

    @field_validator("frame_by")
    @classmethod
    def _hosts(cls, given: list[str]) -> list[str]:
        for one in given:
            if not HOST.fullmatch(one):
                mend = "Write its name and no more, such as https://www.example.org."
                raise wrong(f'"{one}" names a page or holds signs that no host has.', mend)
        return given

    @field_validator("editions")
    @classmethod
    def _with_the_usual_one(cls, editions: list[EditionName]) -> list[EditionName]:
        if len(set(editions)) < len(editions):
            raise wrong("An edition is named twice.", "Keep one of the two.")
        return list(dict.fromkeys([USUAL, *editions]))


class SitePage(Record):
    """One page of running text."""

    title: Line
    lead: Line = Field(description="What the page is about, in one sentence; search engines show it.")
    text: Text


class SiteWords(Record):
    """The words of the website in one language: content/site/<language>.yaml."""

    language: Language
    words: dict[Slug, Line] = Field(description="Labels and short sentences; {names} are filled in.")
    counted: dict[Slug, Counted] = Field(description="Words with a {count}, in each plural form.")
    crisis: Annotated[CrisisWords, OWN] = Field(
        description="Words by which the search knows that somebody may need help now."
    )
    search: EverydayWords = Field(
        default_factory=EverydayWords, description="What visitors type, and what they mean by it."
    )
    pages: dict[Literal["about", "how-made", "accessibility"], SitePage]
