"""Claims, studies and figures to results. Nothing here knows the page or LaTeX, nor what makes a result stale."""
