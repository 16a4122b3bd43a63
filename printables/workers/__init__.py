"""Processes that print and may be ended: on this machine, or on a cluster."""
