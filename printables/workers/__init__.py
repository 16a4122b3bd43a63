"""Processes that print and can be ended: on this machine, or on a cluster."""
