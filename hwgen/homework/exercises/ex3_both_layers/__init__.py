"""Exercise 3: the linearisation of a two-layer network of which both layers move.

To read in the order of the argument: problem, steps; blocks, derivations, linearisation, neuron_by_neuron, gradient_and_biases,
against_width; of Part II logarithm, lower_bounds, limit_of_supremum, relu, scarce_neurons, wide_networks, output_link. What symbols
mean throughout stands in notation, what algebra proves in proofs.
"""

from hwgen.homework.exercises.ex3_both_layers.problem import exercise

__all__ = ["exercise"]
