"""Bytes and markup to plain text: charsets, HTML fragments, names of languages. Pure."""
