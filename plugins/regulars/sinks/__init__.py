"""What leaves the house: the action lists of a business date, for machines and for people."""
