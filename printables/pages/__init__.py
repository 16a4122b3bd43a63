"""Step 3 page: one planned leaflet becomes HTML."""
