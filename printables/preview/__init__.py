"""A page on this machine that follows what an author saves. Nothing here writes a file."""
