"""Networks, kernels, Hessians, concentration: pure functions that know nothing of hwgen."""
