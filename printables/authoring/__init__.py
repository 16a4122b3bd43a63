"""Tools for people who write and look after records."""
