"""Printables: printable leaflets about psychological therapies, one text for each reader."""

__version__ = "1.1.0"
