"""Step 6, publish: write leaflets atomically, keep the manifest, remove obsolete files."""
