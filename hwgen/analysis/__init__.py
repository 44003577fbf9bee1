"""Integrals, extrema and infinite sums of functions, enclosed or estimated, each with what it may miss. No formula is known here."""
