"""A second opinion on a ledger: every claim judged again at fresh points, by an evaluator that shares no code with the judge's."""
