"""What a run tells people: one page to read, the same figures to compute with, a short summary."""
