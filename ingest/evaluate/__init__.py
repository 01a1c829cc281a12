"""How right a scorer is on labelled sentences."""
