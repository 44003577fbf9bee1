"""Evidence for statements, and fits for constants: the part of the public API that loads NumPy. Nothing is defined here."""

from hwgen.evidence.fits import PowerLaw, mean_of, power_law
from hwgen.evidence.limits import FALSE_ALARM, kolmogorov, middles, near, sampling, wasserstein
from hwgen.evidence.sampling import seed_of

__all__ = ["FALSE_ALARM", "PowerLaw", "kolmogorov", "mean_of", "middles", "near", "power_law", "sampling", "seed_of", "wasserstein"]
