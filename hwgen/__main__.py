"""`hwgen` and `python -m hwgen`: a build without a change, or of prose alone, ends here; everything else goes to the command line."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from hwgen.freshness.stamps import ORDERED, UNHEARD

# One thread a worker: the workers are what uses the cores.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

for name in [one for one in os.environ if one.startswith(UNHEARD)]:
    del os.environ[name]

# Trees of formulas and evidence hold hardly any circles: to look for them as often as usual takes a tenth of a command's time.
gc.set_threshold(100_000, 20, 20)

# What only tells of the program, and computes nothing.
HELP = frozenset(("--help", "-h", "--version"))
COMPLETED = "_HWGEN_COMPLETE"
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Ended(BaseException):
    """A signal that asks this program to end; a further one waits until everything that it began has ended."""

    def __init__(self, number: int) -> None:
        self.code = 128 + number


def _end(number: int, _: object) -> None:
    for one in ENDING:
        signal.signal(one, signal.SIG_IGN)
    raise _Ended(number)


def main() -> None:
    """Run one command; a signal ends it with one message and 128 + its number."""
    from hwgen.program import terminal

    terminal.guarded()
    for one in ENDING:
        if signal.getsignal(one) is not signal.SIG_IGN:  # as under nohup
            signal.signal(one, _end)
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)  # what came while the program began again comes now
        _main()
    except ModuleNotFoundError as error:
        if not error.name or error.name.startswith("hwgen"):
            raise
        _lacking(error.name)
    except _Ended as ended:
        print("interrupted; what was computed is kept", file=sys.stderr)
        sys.exit(ended.code)
    except OSError as error:
        from hwgen.program import trouble

        said = trouble.told(error)
        if said is None:
            raise
        print(said, file=sys.stderr)
        sys.exit(trouble.EXIT_CODE)
    finally:
        gc.freeze()  # as Python ends it would look through all that is left for circles, twice


def _main() -> None:
    if sys.argv[1:2] == ["pdf"] and not {"--help", "-h", "--why"} & set(sys.argv):
        from hwgen.program.folder import entered
        from hwgen.program.snapshot import unchanged

        entered()
        said = unchanged(sys.argv[1:])
        if said is not None:
            for warning in said[0]:
                print(warning, file=sys.stderr)
            print("\n".join(said[1]))
            return
        _steady()
        _pdf()
        return
    if not _tells(sys.argv[1:]):
        _steady()
    _program()


def _pdf() -> None:
    """A build, in the short way if it can be; LaTeX reads the preamble of the last page while the short way is imported."""
    from pathlib import Path

    from hwgen.typesetting import ahead

    waiting = ahead.begun(Path())
    try:
        from hwgen.program.memory import begun, finished

        attempt = begun(sys.argv[2:], ahead.going_on(waiting))
    except BaseException:
        _stop(waiting)
        raise
    if attempt:
        with attempt.run as under_way:
            if not finished(attempt, sys.argv[2:]):
                _program(under_way)
    else:
        _stop(waiting)
        _program()


def _stop(waiting: Any) -> None:
    if waiting:
        waiting.stop()


def _tells(arguments: Sequence[str]) -> bool:
    """Whether help is asked for, of the program or of a command; an option further on may be the value of another one."""
    return not arguments or arguments[0] in HELP or (len(arguments) == 2 and arguments[1] in HELP)


def _steady() -> None:
    """Begin again where the order of a set would be another one each time: computations go through sets of names too."""
    if not ORDERED.items() <= os.environ.items() and not sys.flags.ignore_environment:
        # Until somebody hears it a signal waits: Python itself would end with a traceback, or without a word.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **ORDERED})


def _program(under_way: Any = None) -> None:
    from hwgen.program.cli import program

    if COMPLETED in os.environ:  # a shell asks what a word may go on with
        from hwgen.program import completing

        completing.prepare()
    program(obj=under_way, prog_name="hwgen")


def _lacking(library: str) -> None:
    """A library is not installed; the doctor needs none, and is asked what is missing."""
    if sys.argv[1:2] == ["doctor"]:
        from hwgen.program import doctor

        sys.exit(doctor.told())
    print(f"hwgen: the library {library} is not installed; run sh setup.sh, or pip install hwgen again", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()
