"""`hwgen` and `python -m hwgen`: a build without a change, or of prose alone, ends here; everything else goes to the command line."""

from __future__ import annotations

import os
import sys
from typing import Any

# One thread a worker: the workers are what uses the cores.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")


def main() -> None:
    """Run one command."""
    if sys.argv[1:2] == ["pdf"] and not {"--help", "--why"} & set(sys.argv):
        from hwgen.program.snapshot import unchanged

        said = unchanged(sys.argv[1:])
        if said is not None:
            print("\n".join(said))
            return
        from hwgen.program.memory import begun, finished

        attempt = begun(sys.argv[2:])
        if attempt:
            with attempt.run as under_way:
                if not finished(attempt, sys.argv[2:]):
                    _program(under_way)
            return
    _program()


def _program(under_way: Any = None) -> None:
    from hwgen.program.cli import program

    program(obj=under_way)


if __name__ == "__main__":
    main()
