"""Bringing files to their readers: what is sent, whole or not at all, once, and who is told."""
