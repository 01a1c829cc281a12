"""Replication bundles: all that a chart was drawn from in one ZIP, and the way to recompute it from there."""
