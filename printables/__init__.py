"""Printables: printable leaflets about psychological therapies, one text for each reader."""

__version__ = "1.0.0"
