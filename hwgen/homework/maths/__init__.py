"""Networks, kernels, Hessians, concentration: pure functions that know nothing of hwgen."""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
# Arrays by name, as a study keeps them.
Arrays = Mapping[str, Array]
