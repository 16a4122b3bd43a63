"""Leaflets that a clinic has as Word, Markdown, HTML or text files, taken into records."""
