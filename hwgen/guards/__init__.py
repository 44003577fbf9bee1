"""All that is refused on a page, and all that is warned of, before any mathematics runs. A guard is one file with one question.

What other rooms use: `guards.read` and `guards.noticed` (a page that no guard refuses, and what to warn of), `names.declared`, and
`redefinitions.kept` and `redefined` (what LaTeX compares).
"""
