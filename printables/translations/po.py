"""PO files: the texts of one record in English and in another language, as translators' tools read and write them.

Babel reads and writes the format; this keeps what we need of it, with the line of each text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, unescape
from babel.messages.pofile import read_po as babel_read
from babel.messages.pofile import write_po as babel_write

from printables.problems import Problem

WIDTH = 100
_CONTEXT = re.compile(rb'msgctxt "[^"]')


@dataclass(frozen=True)
class Entry:
    """One text: its context, the English, and the translation, which is empty where there is none yet."""

    context: str
    english: str
    translation: str = ""
    fuzzy: bool = False
    """Whether somebody must look at it again: the English has changed since."""
    previous: str = ""
    """The English that was translated, where it has changed."""
    comments: Sequence[str] = ()
    """What a translator should know, from the record."""
    places: Sequence[tuple[str, int]] = ()
    """File and line of the English."""
    remarks: Sequence[str] = ()
    """What translators wrote for each other."""
    line: int = 0
    """Its line in the PO file."""

    @property
    def usable(self) -> bool:
        """Whether it may be printed."""
        return bool(self.translation.strip()) and not self.fuzzy


@dataclass(frozen=True)
class PoFile:
    """The entries of a PO file, and those that no record holds any more."""

    entries: Sequence[Entry] = ()
    obsolete: Sequence[Entry] = ()
    created: datetime | None = None


def read_po(data: bytes, shown: str) -> tuple[PoFile, list[Problem]]:
    """Return what a PO file holds, and what is wrong with it; `shown` is its path for display."""
    try:
        data.decode("utf-8")
        catalog = babel_read(io.BytesIO(data), abort_invalid=True)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return PoFile(), [Problem(shown, line, "The file is not in UTF-8.", "Save it as UTF-8.")]
    except PoFileError as error:
        what = f"This cannot be read as a PO file: {str(error).rstrip('.')}."
        return PoFile(), [
            Problem(shown, error.lineno + 1, what, "Open it with a tool for PO files, and save it again.")
        ]
    except (ValueError, TypeError, UnknownLocaleError) as error:
        what = f"This cannot be read as a PO file: {str(error).rstrip('.')}."
        return PoFile(), [Problem(shown, 0, what, "Keep the head of the file as `translate start` wrote it.")]
    previous = dict(_previous(data.decode("utf-8")))
    entries = [replace(one, previous=previous.get(one.context, "")) for one in map(_entry, catalog) if one.english]
    created = catalog.creation_date if isinstance(catalog.creation_date, datetime) else None
    read = PoFile(entries, [_entry(message) for message in catalog.obsolete.values()], created)
    return read, list(_twice(data, shown))


def _twice(data: bytes, shown: str) -> Iterable[Problem]:
    """Yield a problem for each text that stands twice: one of the two would win in silence."""
    seen: dict[bytes, int] = {}
    for number, line in enumerate(data.split(b"\n"), 1):
        if _CONTEXT.match(line):
            context = line.rstrip()
            if context in seen:
                name = context[9:-1].decode()
                yield Problem(
                    shown, number, f'"{name}" stands here, and on line {seen[context]}.', "Delete one of them."
                )
            seen.setdefault(context, number)


def _previous(text: str) -> Iterator[tuple[str, str]]:
    """Yield context and older English of each entry that has one: Babel writes such lines, and passes over them."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith("#| "):
            found.append(line[3:].removeprefix("msgid "))
        elif line.startswith("msgctxt ") and found:
            yield unescape(line.removeprefix("msgctxt ")), "".join(map(unescape, found))
            found = []
        elif not line.startswith("#"):
            found = []


def _entry(message: Message) -> Entry:
    english, translation = _single(message.id), _single(message.string)
    return Entry(
        context=message.context or "",
        english=english,
        translation=translation,
        fuzzy=message.fuzzy,
        comments=tuple(message.auto_comments),
        places=tuple((path, line or 0) for path, line in message.locations),
        remarks=tuple(message.user_comments),
        line=message.lineno or 0,
    )


def _single(text: str | Sequence[str] | None) -> str:
    """Return a text of which Babel keeps one, or a list of one."""
    if isinstance(text, str):
        return text
    return text[0] if text else ""


def written(file: PoFile, language: str, now: datetime | None = None) -> bytes:
    """Return the bytes of a PO file in this language."""
    created = file.created or now or datetime.now(UTC)
    catalog = Catalog(
        locale=Locale.parse(language, sep="-"),
        project="Printables",
        version="1",
        header_comment=f"# English, and its translation ({language}). A text marked as fuzzy is not printed.",
        creation_date=created,
        revision_date=created,
        last_translator="Printables",
        language_team=language,
        msgid_bugs_address="none",
        charset="utf-8",
        fuzzy=False,
    )
    for entry in file.entries:
        catalog[entry.english] = _message(entry)
    for entry in file.obsolete:
        catalog.obsolete[(entry.english, entry.context)] = _message(entry)
    buffer = io.BytesIO()
    babel_write(buffer, catalog, width=WIDTH, include_previous=True)
    return buffer.getvalue()


def _message(entry: Entry) -> Message:
    message = Message(
        entry.english,
        entry.translation,
        locations=entry.places,
        flags=["fuzzy"] if entry.fuzzy else [],
        auto_comments=entry.comments,
        user_comments=entry.remarks,
        previous_id=entry.previous or (),
        context=entry.context,
    )
    message.flags.discard("python-format")  # our placeholders stand in braces
    return message
