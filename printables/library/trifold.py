"""The short form of a leaflet, which stands on the six panels of a tri-fold: part of an audience."""

from __future__ import annotations

from pydantic import Field, model_validator

from printables.library.fields import Form, Record, Slug, wrong

BESIDES = ("own-card", "local-note", "contacts")
"""What may give way besides blocks."""


class TrifoldSetting(Record):
    """The short form of a leaflet, on six panels. Help lines, sources and contacts are always there."""

    flap: list[Slug] = Field(
        description="Sections for the room below the help lines, as many as fit; others go inside."
    )
    shows: list[Form] = Field(
        min_length=1, description="The blocks that it shows; its sections stand in the order of their first block here."
    )
    gives_way: list[Form] = Field(
        default_factory=list,
        description="Which of them are left out where six panels are too few, the first one first. own-card: the lines "
        "to write on behind the help lines, which are then not to be cut out. local-note: a clinic's, if it is long. "
        "contacts: those that the back panel cannot hold.",
    )

    @model_validator(mode="after")
    def _shown(self) -> TrifoldSetting:
        for name in self.gives_way:
            if name not in (*self.shows, *BESIDES):
                raise wrong(f'"{name}" gives way and is not shown.', "Name it under shows, or take it out.")
        return self
