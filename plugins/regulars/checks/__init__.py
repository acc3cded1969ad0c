"""What comes in is read by contract, judged row by row, and kept or set aside; never dropped."""
