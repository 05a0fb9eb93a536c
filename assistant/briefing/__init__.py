"""Briefings: one page on one topic, made of quotes."""
