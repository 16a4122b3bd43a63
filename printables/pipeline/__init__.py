"""The steps in order: build, check, and what is done for one therapy."""
