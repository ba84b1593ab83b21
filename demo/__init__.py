"""A whole Saturday, played by two real apps."""
