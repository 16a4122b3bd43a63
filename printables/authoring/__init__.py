"""Tools for people who write and maintain records."""
