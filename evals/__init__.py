"""Measures the assistant on written cases: ``evals.command.run`` is the way in, README.md the manual."""
