"""A number or a range of numbers with its unit."""

from __future__ import annotations

from pydantic import Field, model_validator

from printables.library.fields import Flag, Number, Record, Unit, wrong


class Span(Record):
    """A number or a range of numbers with its unit, such as 8 to 16 sessions."""

    from_: Number = Field(alias="from", description="The smallest number.")
    to: Number | None = Field(None, description="The largest number; leave it out for a single number.")
    unit: Unit = Field(description="What is counted.")
    or_more: Flag = Field(False, description="yes: at least so many, as in 10 or more sessions.")

    @model_validator(mode="after")
    def _no_end_twice(self) -> Span:
        if self.or_more and self.to is not None:
            raise wrong("The range has a largest number and is open as well.", "Delete to, or or_more.")
        return self

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.to is not None and self.to < self.from_:
            raise wrong(f"The range runs backwards ({self.from_} to {self.to}).", "Put the smaller number first.")
        return self

    @property
    def last(self) -> int:
        """The largest number of the range."""
        return self.from_ if self.to is None else self.to
