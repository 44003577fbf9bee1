"""A homework of one exercise, small enough to build in a second: the engine's tests run on it."""
