"""Step 3 page, second half: a leaflet as data becomes HTML."""
