"""Generic ways to know: numeric, symbolic, interval. Nothing here knows an exercise."""
