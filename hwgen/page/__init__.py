"""Templates to the page, all that is refused on it, and values to LaTeX. Nothing here computes or runs LaTeX."""
