"""Pages for people to review: proofs, galleries, figures."""
