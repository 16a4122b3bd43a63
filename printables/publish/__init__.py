"""Step 6 publish: workers, atomic writes, the manifest and pruning."""
