"""A formula's tree and its oracles to evidence. Nothing here reads LaTeX, keeps a result, or decides on a verdict."""
