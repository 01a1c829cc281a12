"""Shared controls and panels; each returns plain values."""
