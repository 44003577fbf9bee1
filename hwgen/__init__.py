"""hwgen: a homework solution whose every printed relation is under test.

Public are the commands, `hwgen.authors` with its two modules for the content of a homework, and `hwgen.program.build`
(`read`, `check`, `Request`) for its tests. The rest may change without notice.
"""

__version__ = "0.1.0"
