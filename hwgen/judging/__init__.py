"""Claims, studies and figures to results: judged, kept, and fresh. Nothing here knows the page or LaTeX."""
