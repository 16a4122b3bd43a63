"""What the editor's server accepts: a token that is bound to one page, JSON of a limited size, paths as lists."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from printables import limits
from printables.editor.values import Edit, EditRefused
from printables.library.yaml_reader import Key, Value

TOKEN = "x-edit-token"  # noqa: S105 - the name of a header
BODY_BYTES = 256 * 1024
"""The most bytes of a request; a record may have as many."""
LOGO_BYTES = 2 * 1024 * 1024
MOST_EDITS = 50
OPERATIONS = ("set", "insert", "remove", "move")

FOREIGN = EditRefused("This page is not of this run of the editor.", "Load the page again.", "token")


class Tokens:
    """Tokens for pages: each holds for one choice, and for as long as this program runs. Nothing has to be kept."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def of(self, choice: str) -> str:
        """Return the token of the page that shows this choice (its query string)."""
        return hmac.new(self._secret, choice.encode(), hashlib.sha256).hexdigest()

    def check(self, choice: str, token: str) -> None:
        """Raise EditRefused unless the token is that of this choice."""
        if not hmac.compare_digest(self.of(choice).encode(), token.encode("utf-8", "replace")):
            raise FOREIGN


async def read_body(request: Request, most: int = BODY_BYTES) -> dict[str, Any]:
    """Return the JSON object that was sent. Raises EditRefused."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise EditRefused("Only JSON is taken here.", "Use the page of the editor.", "type")
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > most:
            raise EditRefused(f"This is more than {most // 1024} KiB.", "Shorten it.", "too-big")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise EditRefused("What was sent cannot be read.", "Load the page again.", "invalid")
    return found


def text(given: Mapping[str, Any], name: str) -> str:
    """Return a text of the request; empty where there is none. Raises EditRefused for anything else."""
    found = given.get(name, "")
    if not isinstance(found, str):
        raise EditRefused(f'"{name}" must be a text.', "Load the page again.", "invalid")
    return found


def texts(given: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return texts by name. Raises EditRefused."""
    found = given.get(name, {})
    if not isinstance(found, dict):
        raise EditRefused(f'"{name}" must be a form.', "Load the page again.", "invalid")
    return {str(key): text(found, key) for key in found}


def path_of(given: object) -> Key:
    """Return a path in a record: names, and numbers of entries. Raises EditRefused."""
    good = isinstance(given, list) and 0 < len(given) <= limits.FILE_DEPTH
    if not good or not all(isinstance(part, str) or type(part) is int for part in given):  # type: ignore[attr-defined]
        raise EditRefused("This is no place in a record.", "Load the page again.", "invalid")
    return tuple(given)  # type: ignore[arg-type]


def value_of(given: object, depth: int = 0) -> Value:
    """Return a value that a record can hold: texts in lists and mappings. Raises EditRefused."""
    if isinstance(given, str):
        return given.replace("\r\n", "\n").replace("\r", "\n")
    if depth < limits.FILE_DEPTH and isinstance(given, list):
        return [value_of(one, depth + 1) for one in given]
    if depth < limits.FILE_DEPTH and isinstance(given, dict):
        return {str(name): value_of(one, depth + 1) for name, one in given.items()}
    raise EditRefused("This cannot be written into a record.", "Write texts.", "invalid")


def edits_of(given: object) -> list[Edit]:
    """Return the edits of a request. Raises EditRefused."""
    if not isinstance(given, list) or not 0 < len(given) <= MOST_EDITS:
        raise EditRefused("There is nothing to change.", "Load the page again.", "invalid")
    return [_edit(one) for one in given]


def _edit(given: object) -> Edit:
    if not isinstance(given, dict) or given.get("operation") not in OPERATIONS:
        raise EditRefused("This is no change of a record.", "Load the page again.", "invalid")
    to = given.get("to", 0)
    if type(to) is not int:
        raise EditRefused("This is no place in a list.", "Load the page again.", "invalid")
    return Edit(given["operation"], path_of(given.get("path")), value_of(given.get("value", "")), to)
