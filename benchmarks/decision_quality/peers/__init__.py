"""The peers: what is commonly used, and what the literature has, each in a module of its own."""
