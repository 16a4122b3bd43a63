"""Step 3 page, first half: a record becomes a leaflet as data."""
