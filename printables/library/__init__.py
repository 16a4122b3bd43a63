"""Step 1 read: YAML files become one frozen Library, or problems with file and line."""
