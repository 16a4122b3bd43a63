"""A local page that follows what an author saves. Nothing here writes a file."""
