"""A clinic's logo: a picture from outside, made safe to print."""
