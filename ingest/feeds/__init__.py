"""News as it appears: the list of feeds, and watching them. Articles enter through `ingest.pipeline` as all do."""
