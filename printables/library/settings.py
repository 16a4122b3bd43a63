"""The records around the therapies: audiences, sources, conditions, terms, the publisher."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from printables.library.easy_read import is_easy_read, refused_fallback
from printables.library.editions import Edition
from printables.library.fields import (
    Address,
    Day,
    Figure,
    Flag,
    Form,
    Line,
    Names,
    NamesByLanguage,
    Number,
    Population,
    ProperName,
    Record,
    Slug,
    Status,
    Strength,
    Verb,
    wrong,
)
from printables.library.scenes import Manner
from printables.library.trifold import TrifoldSetting
from printables.library.type_notes import BY_LANGUAGE, OWN


class BlockSetting(Record):
    """One thing that a section shows."""

    show: Form = Field(description="A section of the record, or one of the built-in blocks listed in docs/fields.md.")
    as_: Slug | None = Field(None, alias="as", description="The component that draws it; prose where it is left out.")
    optional: Flag = Field(False, description="yes: left out where the record has no words for this audience.")


class SectionSetting(Record):
    """One section of a leaflet: its heading and its blocks."""

    id: Slug = Field(description="Its heading stands under this id in content/locales/<language>.yaml.")
    heading: Flag = Field(True, description="no: the blocks stand without a heading of their own.")
    you: Flag = Field(True, description="no: this section need not speak to the reader as you (B3).")
    least_words: Number | None = Field(None, description="Where it has fewer words, a warning is given (A23).")
    blocks: list[BlockSetting] = Field(min_length=1)


class Limit(Record):
    """A limit that warns above one number and stops above another."""

    warn: Figure = Field(description="Above this a warning is given.")
    stop: Figure | None = Field(None, description="Above this the leaflet is not made.")


class ReadingLimits(Record):
    """Reading limits. Sentences are counted in words, paragraphs in sentences."""

    smog: Limit = Field(description="SMOG grade over the whole leaflet.")
    sentence: Limit = Field(description="Words in one sentence.")
    mean_sentence: Limit = Field(description="Words in a sentence, on average over the leaflet.")
    paragraph: Limit = Field(description="Sentences in one paragraph.")
    passive: Limit = Field(description="Sentences of a hundred with a passive verb.")
    least_mean_prose: Figure | None = Field(
        None, description="Below so many words in a sentence of running prose, on average, a warning is given."
    )
    most_shared_runs: Figure | None = Field(
        None, description="Of 100 runs of 5 words, where more stand in other therapies' leaflets, a warning is given."
    )


class PageRange(Record):
    """The least and the largest number of pages."""

    from_: Number = Field(alias="from")
    to: Number


class PrintSetting(Record):
    """Sizes in points (A12)."""

    smallest: Figure = Field(description="No text on the page is smaller.")
    references: Figure = Field(description="The same for the list of sources.")


class Avoid(Record):
    """A word to avoid for this audience, and what to say instead."""

    word: ProperName
    say: ProperName
    unless_explained: Flag = Field(False, description="yes: allowed as {word|plain words}.")


class Audience(Record):
    """One kind of reader: templates/<id>/audience.yaml. A new folder is a new audience; no code changes."""

    id: Slug
    order: Number = Field(description="Its place in lists.")
    code: Form = Field(pattern=r"^[A-Z]{2,6}$", description="Its part of the version code, such as TEEN.")
    label: NamesByLanguage = Field(description="For whom, by language: For teenagers aged 12 to 17.")
    name: NamesByLanguage = Field(description="The short name by language: teenagers.")
    populations: list[Population] = Field(
        min_length=1, description="Whose evidence and sessions this reader is told of."
    )
    easy_read: Flag = Field(False, description="yes: it is Easy Read. One that is called so is one in any case.")
    fallback: list[Slug] = Field(description="Audiences whose words may stand in; none for teens and Easy Read.")
    not_a_handout: Flag = Field(False, description="yes: every page says that it is not for patients (Q9).")
    explain: Literal["inline", "box"] = Field("inline", description="Where {term|plain words} are explained.")
    cite: Literal["numbers", "none"] = Field("numbers", description="Whether the text shows the number of its source.")
    pages: PageRange = Field(description="The page budget (A17).")
    pages_in: dict[Literal["letter", "a5", "large-print"], PageRange] = Field(
        default_factory=dict, description="The page budget of editions whose pages hold less."
    )
    not_in: dict[Slug, ProperName] = Field(
        default_factory=dict, description="Papers and features that this reader gets no edition in, with the reason."
    )
    sources: PageRange = Field(description="How many sources are listed, at least and at most.")
    quick_exit: Flag = Field(False, description="yes: its web pages have a button that leaves them at once.")
    drawing: Manner = Field("beside", description="How the scene beside a title is drawn for this reader.")
    print: PrintSetting
    reading: ReadingLimits
    first_page: list[Slug] = Field(default_factory=list, description="Sections that must stand on page 1 (T2).")
    sourced_lists: list[Form] = Field(
        default_factory=list, description="Record sections whose every line is sourced (Q3)."
    )
    evidence: Annotated[dict[Slug, dict[Strength, Line]], BY_LANGUAGE] = Field(
        description="By language: the phrase for each strength."
    )
    verbs: Annotated[dict[Slug, dict[Verb, Line]], BY_LANGUAGE] = Field(
        description="By language: the phrase for each guideline verb."
    )
    avoid: Annotated[dict[Slug, list[Avoid]], BY_LANGUAGE, OWN] = Field(
        default_factory=dict, description="By language: words to avoid."
    )
    must_say: Annotated[dict[Slug, dict[Slug, list[Line]]], BY_LANGUAGE] = Field(
        default_factory=dict, description="By language and section: phrases that must stand there (T2, T4)."
    )
    first_help_line: Slug | None = Field(None, description="The help line that must stand first (T4).")
    not_shared_with: list[Slug] = Field(
        default_factory=list, description="Audiences with whom no six words are shared (T6)."
    )
    sections: list[SectionSetting] = Field(min_length=1)
    trifold: TrifoldSetting | None = Field(
        None, description="Its short form; without it, this reader gets no tri-fold leaflet."
    )

    @field_validator("fallback")
    @classmethod
    def _borrows_what_it_may(cls, fallback: list[str], info: ValidationInfo) -> list[str]:
        if refusal := refused_fallback(info.data, fallback):
            raise wrong(*refusal)
        return fallback

    @property
    def is_easy_read(self) -> bool:
        """Whether its words stand one idea a line, each beside a picture."""
        return is_easy_read({"id": self.id, "label": self.label, "name": self.name, "easy_read": self.easy_read})

    def refuses(self, edition: Edition) -> str | None:
        """Return why this reader's leaflets do not come in this edition, or None if they do."""
        if edition.trifold and self.trifold is None:
            return "its audience.yaml has no short form (trifold) for it."
        return next((self.not_in[name] for name in edition.features if name in self.not_in), None)


class Source(Record):
    """One entry of the source registry: content/sources.yaml."""

    id: Slug
    title: ProperName
    short: ProperName | None = Field(None, description="The title as patients need it; professionals get the full one.")
    organisation: ProperName
    year: Form | None = Field(None, pattern=r"^(19|20)[0-9]{2}$", description="Leave it out where the page bears none.")
    address: Address
    kind: Literal["guideline", "review", "trial", "service", "body", "law", "helpline", "framework"]
    populations: list[Population] = Field(
        default_factory=list, description="Whom it studied or speaks of; claims about others may not cite it (T9)."
    )
    reuse: Literal["link-and-cite", "link-and-paraphrase"]
    read_on: Day | None = Field(None, description="The day on which somebody read it; leave it out where nobody did.")
    check_again: Day
    status: Status


ICD10 = re.compile(r"[A-Z]\d\d(\.\d{1,2})?")


def _as_code(value: object) -> str:
    if not isinstance(value, str) or not ICD10.fullmatch(value):
        raise wrong(f'"{value}" is no code of the ICD-10.', "Write one such as F32 or F32.0.")
    return value


Code = Annotated[str, BeforeValidator(_as_code)]
"""A code of the ICD-10."""


class Condition(Record):
    """A problem that a therapy is used for, with its plain name for each audience."""

    id: Slug
    name: Names
    part_of: Slug | None = Field(None, description="The broader condition; leaflets on its parts name each other.")
    icd10: list[Code] = Field(
        default_factory=list,
        description="Its codes in the ICD-10 of the WHO, such as F32, which stands for F32.1, too. Name in a comment "
        "where you read them.",
    )


class Term(Record):
    """A technical term that must be explained to patients."""

    id: Slug
    term: Line
    plain: Names


class Publisher(Record):
    """The publisher, and the defaults of a build: content/publisher.yaml."""

    name: ProperName
    about: NamesByLanguage = Field(description="One sentence about the publisher, by language.")
    web: Address | None = Field(None, description="Where readers find the worksheets; leaflets name it.")
    region: Slug
    clinic: Slug | None = None
