"""Step 1, read: YAML files → one frozen Library, and problems with file and line."""
