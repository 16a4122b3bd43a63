"""The same words in other formats beside the PDF; `registry` finds each by its FORMAT."""
