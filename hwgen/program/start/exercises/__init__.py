"""The exercises of this homework: each package below is found by itself."""
