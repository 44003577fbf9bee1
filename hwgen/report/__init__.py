"""The evidence, to look at: one page for a browser, from a ledger and the page alone. Nothing here judges or computes a result."""
