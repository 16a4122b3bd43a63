"""Languages as layers of words over the English records."""
