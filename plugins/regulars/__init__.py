"""Regulars: the true profit of every customer, and what to do about each one today."""
