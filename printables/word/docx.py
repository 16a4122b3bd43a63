"""A Word document → its blocks, with what Word keeps beside the text: headers, comments, words that were deleted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from printables import limits
from printables.word import documents

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_BYTES = 50 * 1024 * 1024
"""The most bytes of a document when it is unpacked; a leaflet with pictures has a tenth of it."""
MOST_PARTS = 2000
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
"""What Word's styles mean that mammoth does not know; a style that nobody knows is a paragraph."""
OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How files begin that hold a document of Word 97, or an encrypted one."""
_ASIDE = re.compile(r"word/(?P<kind>header|footer|comments)\d*\.xml")


class UnreadableDocument(Exception):
    """A document cannot be read; `what` and `mend` are for its owner."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def as_text(data: bytes) -> str:
    """Return the text of a file. Raises UnreadableDocument."""
    if len(data) > limits.FILE_BYTES:
        most = limits.FILE_BYTES // 1024
        raise UnreadableDocument(f"The file is larger than {most} KiB.", "Take in one leaflet at a time.")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise UnreadableDocument("The file is not UTF-8.", "Save it as UTF-8.") from None
    if not text.strip():
        raise UnreadableDocument("The file is empty.", "Name another one.")
    return text


def blocks(data: bytes) -> list[documents.Block]:
    """Return the blocks of a .docx file. Raises UnreadableDocument, and ImportError without the extra `word`."""
    import mammoth

    parts = safe_parts(data)
    try:
        image = mammoth.images.img_element(_picture)
        html = mammoth.convert_to_html(io.BytesIO(data), convert_image=image, style_map=STYLES).value
    except Exception as error:  # noqa: BLE001 - a broken document can raise anything
        raise UnreadableDocument(
            f"Word's format cannot be read: {str(error)[:200].rstrip('.')}.", "Save it anew in Word, as .docx."
        ) from None
    found = documents.from_html(html)
    found += list(_asides(parts))
    if not found:
        raise UnreadableDocument("There are no words in the document.", "Name another one.")
    return found


def _picture(_: object) -> dict[str, str]:
    """Mammoth asks for the address of each picture; only its description is kept."""
    return {"src": ""}


def safe_parts(data: bytes) -> dict[str, bytes]:
    """Return the XML parts of a document that is safe to read. Raises UnreadableDocument."""
    if data.startswith(OLD_WORD):
        what = "This is a document of an old Word, or one with a password."
        raise UnreadableDocument(what, "Open it in Word, and save it as .docx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            listed = package.infolist()
            if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > MOST_BYTES:
                what = f"The document has more than {MOST_BYTES // 1024 // 1024} MB when it is unpacked."
                raise UnreadableDocument(what, "Take its pictures out.")
            if any(one.filename.endswith("vbaProject.bin") for one in listed):
                raise UnreadableDocument("The document holds macros.", "Save it as .docx, which has none.")
            wanted = [one for one in listed if one.filename.endswith(".xml")]
            parts = {one.filename: package.read(one) for one in wanted}
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError, NotImplementedError):
        raise UnreadableDocument("This is no Word document.", "Save it anew in Word, as .docx.") from None
    if "word/document.xml" not in parts:
        raise UnreadableDocument("This is no Word document.", "Save it anew in Word, as .docx.")
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise UnreadableDocument("The document holds what Word never writes.", "Save it anew in Word, as .docx.")
    return parts


def _asides(parts: dict[str, bytes]) -> Iterator[documents.Block]:
    """Yield what stands beside the text: headers, footers, comments, and what was deleted with changes tracked."""
    for name in sorted(parts):
        if found := _ASIDE.fullmatch(name):
            word = {"header": "Top of the page", "footer": "Foot of the page", "comments": "Comment"}[found["kind"]]
            for paragraph in _root(parts[name]).iter(f"{W}p"):
                if text := "".join(one.text or "" for one in paragraph.iter(f"{W}t")).strip():
                    yield documents.Block("aside", f"{word}: {text}")
    deleted = [one.text or "" for one in _root(parts["word/document.xml"]).iter(f"{W}delText")]
    if "".join(deleted).strip():
        yield documents.Block("aside", f"Deleted in the original, with changes tracked: {''.join(deleted).strip()}")


def _root(part: bytes) -> ET.Element:
    try:
        return ET.fromstring(part)  # noqa: S314 - parts with a document type are refused above
    except ET.ParseError:
        raise UnreadableDocument("Word's format is broken.", "Save it anew in Word, as .docx.") from None
