"""The pages people look at; imports `ingest`, and `ingest` never imports this."""
