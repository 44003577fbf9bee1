"""The content of this homework: its exercises, and the mathematics that they compare the page with. The engine knows none of it."""
