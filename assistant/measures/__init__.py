"""The register: which control stood how on which day, with evidence, as known on any day."""
