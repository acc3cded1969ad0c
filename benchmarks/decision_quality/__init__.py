"""How good are the decisions that the score leads to? The product's own SQL against its peers."""
