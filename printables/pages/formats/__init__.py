"""The same words in other forms: web page, plain text, Braille."""
