"""What analysts correct by hand: entries of one append-only file, and what they change. Only `file` touches disk."""
