"""A formula's tree and its oracles to evidence. Nothing here reads LaTeX or keeps a result."""
