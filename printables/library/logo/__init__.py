"""A clinic's logo: an untrusted picture, made safe to print."""
