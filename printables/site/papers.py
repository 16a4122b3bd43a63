"""Everything on the website that other systems read: lists, pages to frame, former addresses, files for web hosts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from printables.library.library import Library
from printables.pages.formats.web_page import PageBody
from printables.publish.manifest import Entry
from printables.site import archives, earlier, embedding, feed, hosting, moved, others
from printables.site.catalogue import Catalogue, catalogue
from printables.site.earlier import Earlier
from printables.site.hosting import Inline
from printables.site.render import Renderer
from printables.site.servers import MISSING


@dataclass(frozen=True)
class Papers:
    """What they are made from. `former` is the path of each file by each of its former paths."""

    library: Library
    renderer: Renderer
    address: str
    former: Mapping[str, str]
    rack: Sequence[Entry] = ()
    """Cards and posters for the print desk."""

    def shown(
        self, framed: Mapping[str, PageBody], fragments: Mapping[str, PageBody], kept: Sequence[Earlier]
    ) -> dict[str, bytes]:
        """Return what other websites show, and the pages at former addresses. `framed` and `fragments`: by page."""
        renderer = self.renderer
        made = dict(others.archive(renderer, kept))
        for handout in renderer.model.handouts():
            if handout.kind == "leaflet":
                path, page = others.framed(renderer, handout, framed[handout.page], framed)
                made[path] = page
                fragment = embedding.fragment(handout, fragments[handout.page], self.address)
                made[f"{embedding.FRAGMENTS}{handout.page}"] = fragment
        listed = {earlier.LIST: earlier.listing(kept)} if kept else {}
        former = moved.pages(self.former, renderer.model.language, self.address, renderer.t("moved"))
        return {**{path: page.encode() for path, page in made.items()}, **listed, **former}

    def files(self, pages: Mapping[str, str], inline: Inline) -> dict[str, bytes]:
        """Return the lists for other systems and the files for web hosts. `pages` are those that visitors look for."""
        model, address, embedders = self.renderer.model, self.address, self.library.site.frame_by
        documents = [document for handout in model.handouts() for document in handout.documents]
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Catalogue.model_json_schema()}
        listed = [path for path in pages if path != MISSING]
        return {
            "catalogue.json": (catalogue(model, address).model_dump_json(indent=1) + "\n").encode(),
            "catalogue.schema.json": (json.dumps(schema, indent=1) + "\n").encode(),
            "SHA256SUMS": archives.checksums([*documents, *self.rack]).encode(),
            feed.PATH: others.changes(self.renderer, address),
            **hosting.files(listed, address, inline, embedders, self.former),
        }
