"""From the bytes of a web page to the article in it: text, title, date, authors, outlet, address. Pure."""

from ingest.pages.article import extracted
from ingest.pages.links import claimed_address

__all__ = ["claimed_address", "extracted"]
