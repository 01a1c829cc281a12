"""The store: the only part that knows tables. `Store` writes, `queries` asks named questions."""

from ingest.store.store import Added, Batch, Store

__all__ = ["Added", "Batch", "Store"]
