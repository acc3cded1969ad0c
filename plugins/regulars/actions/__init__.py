"""What we may do, how we say it, and who is left alone for measuring."""
