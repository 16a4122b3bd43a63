"""Pages for people to look at: proofs, galleries, figures."""
