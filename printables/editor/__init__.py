"""The editor: records are changed in a browser, and the rest of each file stays as it is."""
