"""The content: one package per exercise, found by name."""
