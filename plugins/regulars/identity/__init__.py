"""Who is a customer: keyed pseudonyms in place of what a shop knows a person by."""
