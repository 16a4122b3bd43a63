"""The only door between a leaflet and the world: assets from memory, and nothing else.

WeasyPrint's own fetcher opens files, http, ftp and data URLs, and its list of allowed protocols can be walked
around by a redirect (70.0). This one never calls it.
Import this module only where the engine is wanted: it imports WeasyPrint.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from weasyprint.urls import (
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from printables.typeset.page import BASE_URL

TYPES = {"ttf": "font/ttf", "svg": "image/svg+xml", "css": "text/css", "png": "image/png", "jpg": "image/jpeg"}
"""Spelled out, so that a machine's own table of types cannot change a leaflet."""


class MemoryFetcher(URLFetcher):  # type: ignore[misc]
    """Serves the named assets under the virtual base; made anew for each document, so that `refused` is its own."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - the engine passes them
        """The asset's bytes; anything else is noted and stops the whole rendering."""
        name = unquote(url.removeprefix(BASE_URL)) if url.startswith(BASE_URL) else ""
        if name not in self._assets:
            self.refused.append(url)
            raise FatalURLFetchingError(f"refused: {url[:200]}")
        return URLFetcherResponse(url, body=self._assets[name], headers={"Content-Type": _type(name)})


def _type(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return TYPES.get(ending) or mimetypes.types_map.get(f".{ending}", "application/octet-stream")
