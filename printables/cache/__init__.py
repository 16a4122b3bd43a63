"""Results of earlier runs, and whether they are still valid."""
