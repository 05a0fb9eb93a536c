"""Values: what a sentence gives as a number with its unit, a date or a count, and which of them a question asks for."""
