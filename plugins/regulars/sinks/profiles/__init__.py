"""Files in the words of marketing tools: the only place where contact details join a list."""
