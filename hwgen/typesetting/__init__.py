"""The page to a PDF, and what LaTeX says at the author's lines. The only subprocess of a build beside its workers."""
