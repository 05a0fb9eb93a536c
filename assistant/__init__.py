"""A briefing assistant on rare earth controls: every sentence cites an exact passage of a dated article."""
