"""One module per kind of file that no plain layout can read: `read_rows(sheet)` in each."""
