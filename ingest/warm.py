"""What every worker needs, loaded by importing this: the workers' parent does it once and they inherit it.

For `workers` only; importing it takes a third of a second.
"""

from __future__ import annotations

import gc

from ingest.articles.language import detect_language
from ingest.countries.matcher import find_forms
from ingest.tone.vader import VaderScorer

find_forms("")
detect_language("Een zin in een andere taal, zodat het model geladen wordt.")
VaderScorer()
gc.freeze()
