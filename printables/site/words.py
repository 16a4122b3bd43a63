"""The fixed words of the website, and labels made from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel import numbers

from printables.library.editions import PAPERS, USUAL, Edition
from printables.library.locales import Locale
from printables.library.site import SiteWords
from printables.pages.compose.wording import plural_form
from printables.pages.formats.registry import Format
from printables.pages.templates.template_faults import MissingWord


@dataclass(frozen=True)
class SiteTexts:
    """The fixed words of one language, with placeholders filled in. Raises MissingWord for unknown names."""

    site: SiteWords
    locale: Locale

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the words `name`, with its {placeholders} filled in."""
        if name not in self.site.words:
            raise MissingWord(f'content/site/{self.site.language}.yaml has no word "{name}"')
        return self.site.words[name].format(**values)

    def edition(self, edition: Edition) -> str:
        """Return the edition for visitors, such as "large print, A4"."""
        parts = [part for part in edition.features if part not in PAPERS] or ["usual"]
        named = [self(f"edition-{part}") for part in parts]
        return self("edition", features=", ".join(named), paper=self(f"paper-{edition.paper}"))

    def format(self, one: Format) -> str:
        """What a format is called, such as "plain text"; its own title where the language has no words for it."""
        return self.site.words.get(f"form-{one.suffix[1:]}", one.title)

    def pages(self, count: int) -> str:
        """Return a number of pages, such as "2 pages"."""
        return self.counted("pages", count)

    def counted(self, name: str, count: int) -> str:
        """Return the words for so many of something, such as "2 files"."""
        if name not in self.site.counted:
            raise MissingWord(f'content/site/{self.site.language}.yaml has no counted words "{name}"')
        form = plural_form(count, self.locale.forms)
        return self.site.counted[name].form(form).format(count=self.number(count))

    def size(self, count: int) -> str:
        """Return a file size in decimal units: "45 KB", "1.2 MB"."""
        if count < 1_000_000:
            return f"{self.number(max(1, round(count / 1000)))} KB"
        return f"{numbers.format_decimal(count / 1_000_000, '#,##0.0', locale=self.locale.forms)} MB"

    def number(self, value: int) -> str:
        """Return a whole number with the separators of the language."""
        return str(numbers.format_decimal(value, locale=self.locale.forms))


def joined(names: Sequence[str]) -> str:
    """Join the names by commas, or by semicolons if one of them contains a comma."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def with_edition(name: str, edition: Edition, words: SiteTexts) -> str:
    """Return the name of a handout, with its edition unless that is the usual one."""
    return name if edition == USUAL else words("name-edition", name=name, edition=words.edition(edition))
