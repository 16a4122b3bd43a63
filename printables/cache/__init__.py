"""What is known already, and whether it still holds."""
