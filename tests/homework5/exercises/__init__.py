"""The exercises of Homework 5: each package below is found by itself."""
