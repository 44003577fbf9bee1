"""What the operations of a formula do to values: floats with error bounds, batches, balls, rationals, expressions. No formula is known."""
