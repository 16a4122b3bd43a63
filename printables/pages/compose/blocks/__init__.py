"""The blocks of a leaflet that are made and not written; `registry` finds all of them."""
