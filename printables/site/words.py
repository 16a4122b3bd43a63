"""The words of the website, and the labels that are made of them."""

from __future__ import annotations

from dataclasses import dataclass

from babel import numbers

from printables.library.editions import PAPERS, USUAL, Edition
from printables.library.locales import Locale
from printables.library.site import SiteWords
from printables.pages.formats.registry import Format
from printables.pages.templates.render import MissingWord


@dataclass(frozen=True)
class SiteTexts:
    """One language's words, filled in on demand. Raises MissingWord for one that is not there."""

    site: SiteWords
    locale: Locale

    def __call__(self, name: str, /, **values: object) -> str:
        """The words called `name`, with its {names} filled in."""
        if name not in self.site.words:
            raise MissingWord(f'content/site/{self.site.language}.yaml has no word "{name}"')
        return self.site.words[name].format(**values)

    def edition(self, edition: Edition) -> str:
        """The edition as visitors know it: "large print, A4"."""
        parts = [part for part in edition.features if part not in PAPERS] or ["usual"]
        named = [self(f"edition-{part}") for part in parts]
        return self("edition", features=", ".join(named), paper=self(f"paper-{edition.paper}"))

    def format(self, one: Format) -> str:
        """What a format is called, such as "plain text"; its own title where the language has no words for it."""
        return self.site.words.get(f"form-{one.suffix[1:]}", one.title)

    def pages(self, count: int) -> str:
        """Such as "2 pages"."""
        return self("page" if count == 1 else "pages", count=self.number(count))

    def size(self, count: int) -> str:
        """Bytes as a file manager shows them: "45 KB", "1.2 MB", in thousands."""
        if count < 1_000_000:
            return f"{self.number(max(1, round(count / 1000)))} KB"
        return f"{numbers.format_decimal(count / 1_000_000, '#,##0.0', locale=self.locale.forms)} MB"

    def number(self, value: int) -> str:
        """A whole number with the separators of the language."""
        return str(numbers.format_decimal(value, locale=self.locale.forms))


def with_edition(name: str, edition: Edition, words: SiteTexts) -> str:
    """The name of a handout, with its edition where that is not the usual one."""
    return name if edition == USUAL else words("name-edition", name=name, edition=words.edition(edition))
