"""Fuzzing of the loaders: broken and hostile files by the thousand, each read as an ingest run reads it."""
