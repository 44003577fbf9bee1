"""Templates to the page, and values to LaTeX. Nothing here refuses a page, computes or runs LaTeX.

What other rooms use: `page.Page`, `Names` and `Printed` (what it holds), `text` and `arguments` (its tokens); `filling`, `digits`,
`tables`, `appendix`, `notation` and `overview` (values to LaTeX); `rendered.Rendered` (a text with its places).
"""
