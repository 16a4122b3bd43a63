"""The six steps in order: build, check, and the work on one therapy."""
