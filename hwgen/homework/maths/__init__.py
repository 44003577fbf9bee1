"""Networks, kernels, Hessians, concentration: pure functions that know nothing of hwgen."""

from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
