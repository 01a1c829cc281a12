"""The commands, one file each; only they and `cli` print."""
