"""Templates to the page, all that is refused on it, and values to LaTeX. Nothing here computes or runs LaTeX.

What other rooms use: `guards.read` and `guards.noticed` (a page that no guard refuses, and what to warn of); `page.Page`, `Names` and
`Printed` (what it holds); `names.declared`; `filling`, `digits`, `tables`, `appendix`, `notation` and `overview` (values
to LaTeX); `redefinitions.kept` and `redefined` (what LaTeX compares); `rendered.Rendered` (a text with its places).
"""
