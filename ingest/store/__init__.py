"""The store: the only part that knows tables. `Store` writes, `queries` asks named questions."""

from ingest.batch import Batch
from ingest.store.store import Added, Store

__all__ = ["Added", "Batch", "Store"]
