"""The exercises of the toy homework."""
