"""What is measured about the words of one language."""
