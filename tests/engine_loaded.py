"""To be imported where processes that print are forked from (`warm.forked_workers`)."""

from warm import printed_once

from printables.typeset import engine
from printables.typeset.start import load_engine

load_engine()
engine.typeset = printed_once(engine.typeset)  # type: ignore[assignment]
