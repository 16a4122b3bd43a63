"""The greatest length of a text, as part of a field's type, so that the field reference and the schemas name it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function

from printables.library.fields import wrong


@dataclass(frozen=True)
class AtMost:
    """Refuses a text of more characters."""

    characters: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), "maxLength": self.characters}

    def _checked(self, text: str) -> str:
        if len(text) > self.characters:
            raise wrong(f"This has {len(text):,} characters, and {self.characters:,} are the most.", "Shorten it.")
        return text
