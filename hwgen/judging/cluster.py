"""The workers of a cluster, in place of processes of this machine: the same tasks, through Dask's `distributed`.

The code of the run, this engine and the homework's content, is sent to every worker; what comes back is as if it had been computed
here, or an error that says where it was not. Nothing here computes, keeps a result, or says what one amounts to.
"""

from __future__ import annotations

import io
import logging
import pickle
import queue
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hwgen.freshness import installed, opened, present, stamps
from hwgen.freshness.present import FOLDER, MODULE
from hwgen.freshness.wrapped import STATUS, VARIABLE
from hwgen.judging import cluster_process
from hwgen.judging.workers import Limits, Outcome, died, stopped
from hwgen.model import catalog
from hwgen.model.errors import ContentError, InputError

# Seconds to wait for the scheduler, and for its first worker.
CONNECT, FIRST = 10, 30
# Tasks handed over for each thread of the cluster: one at work, one that waits there.
AHEAD = 2
HERE = Path("build/store")


class Cluster:
    """The workers behind a scheduler; leaving the `with` ends what they do for this run."""

    def __init__(self, address: str, limits: Limits, package: str, root: Path, data: Sequence[str] = ()) -> None:
        self.address, self.limits, self.root = address, limits, root.resolve()
        self.package, self.name = package, f"hwgen-{uuid.uuid4().hex}"
        self.homes = {name: catalog.folder(name).resolve() for name in sorted({"hwgen", package.split(".")[0]})}
        read = (self.root / path.removeprefix(STATUS) for path in data)
        self.data = [path for path in read if path.is_file() and path.is_relative_to(self.root) and ".." not in path.parts]
        self.busy: dict[Any, str] = {}
        self.done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.agreed: dict[str, str] = {}

    def __enter__(self) -> Cluster:
        distributed, cluster_worker = _libraries(self.address)
        self.client = _connected(distributed, self.address)
        self.errand = cluster_worker.errand(self.name, self.limits.seconds)
        try:
            _await_worker(self.client, self.address)
            told = cluster_worker.Told(cluster_process.versions(), cluster_process.environment(), stamps.UNHEARD)
            code = cluster_worker.Code(self.name, self._archive(), self.package, told, self.limits.memory)
            self.client.register_plugin(code, name=self.name)
        except BaseException:
            self.client.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.client.cancel(list(self.busy))
            self.client.unregister_worker_plugin(self.name)
        except (OSError, TimeoutError, ValueError, RuntimeError):
            pass  # the scheduler is gone, and with it what was asked of it
        finally:
            self.client.close()

    @property
    def free(self) -> bool:
        """Whether another task can be handed over; workers may come and go."""
        return bool(len(self.busy) < AHEAD * max(sum(self.client.nthreads().values()), 1))

    def give(self, label: str, function: Callable[..., Any], *arguments: Any) -> None:
        """Hand over a computation; the folder of the store among its arguments is one of the worker's own."""
        there = tuple(HERE if isinstance(one, Path) else one for one in arguments)
        data = pickle.dumps((function, there))
        # Not pure: every run computes its own results, whatever another one has left with the scheduler.
        future = self.client.submit(self.errand, data, pure=False)
        self.busy[future] = label
        future.add_done_callback(self.done.put)

    def finished(self) -> Iterator[tuple[str, Outcome]]:
        """Wait until a task is done, and say what became of it. A task of a worker that is lost is done again by another one."""
        future = self.done.get()
        yield self.busy.pop(future), self._outcome(future)

    def _outcome(self, future: Any) -> Outcome:
        if future.status == "cancelled":
            raise InputError(f"--cluster {self.address}: the scheduler is gone; what was computed is kept: run the command again")
        try:
            how, data, folder, where = future.result()
        except Exception as error:  # the errand itself raises nothing
            if type(error).__name__ == "KilledWorker":
                return Outcome(ended="was lost with each of the workers that had it; look at their logs: out of memory, most likely")
            raise InputError(f"--cluster {self.address}: {type(error).__name__}: {error}") from error
        if how == "differs":
            raise InputError(_differing(where, data, cluster_process.versions()))
        if how == "late":
            return Outcome(ended=stopped(self.limits))
        if how == "died":
            return Outcome(ended=died(data))
        return self._brought_home(pickle.loads(data), folder)

    def _brought_home(self, outcome: Outcome, folder: str) -> Outcome:
        """The outcome with the files that were read as they are called here. Raises ContentError for one that is another file here."""
        if outcome.error is not None or outcome.ended:
            return outcome
        result, seconds, read, warned = outcome.result
        # What is outside of a worker's folder has its full name beside the one as seen from there, which is no name here.
        own = {owner: {path: then for path, then in files.items() if "../" not in path} for owner, files in read.items()}
        here = {owner: dict(self._here(folder, path, then) for path, then in files.items()) for owner, files in own.items()}
        return Outcome(result=(result, seconds, here, warned))

    def _here(self, folder: str, path: str, then: str) -> tuple[str, str]:
        if path.startswith(MODULE):
            return path, then
        kind = next((one for one in (FOLDER, STATUS) if path.startswith(one)), "")
        home = path if path.startswith((VARIABLE, *installed.KINDS)) else kind + self._home(folder, path.removeprefix(kind))
        if self.agreed.get(home) != then:
            if present.now(home) != then:
                said = "is not there as it is here; expected it inside the content package, which is sent to the workers"
                raise ContentError(f"{home.removeprefix(kind)}: read by a worker of {self.address}, and {said}")
            self.agreed[home] = then
        return home, then

    def _home(self, folder: str, path: str) -> str:
        there = Path(folder, path)
        if not there.is_relative_to(folder) or not (parts := there.relative_to(folder).parts):
            return path
        home = self.homes.get(parts[0])
        return opened.named(str(home.joinpath(*parts[1:]) if home else self.root.joinpath(*parts)))

    def _archive(self) -> bytes:
        """The packages whole, with the data that lies in them, and the files of the homework's folder that were seen to be read."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, home in self.homes.items():
                for path in sorted(one for one in home.rglob("*") if one.is_file() and "__pycache__" not in one.parts):
                    archive.write(path, f"{name}/{path.relative_to(home)}")
            for path in self.data:
                if not any(path.is_relative_to(home) for home in self.homes.values()):
                    archive.write(path, path.relative_to(self.root))
        return packed.getvalue()


def _libraries(address: str) -> tuple[Any, Any]:
    try:
        import cloudpickle
        import distributed
    except ImportError as error:
        said = f"{error.name} is not installed; expected pip install 'hwgen[cluster]', here and on every worker"
        raise InputError(f"--cluster {address}: {said}") from None

    from hwgen.judging import cluster_worker

    cloudpickle.register_pickle_by_value(cluster_worker)
    # What it logs of a scheduler that is gone is said here in one line.
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    return distributed, cluster_worker


def _connected(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        said = "no scheduler answers there; expected the address that `dask scheduler` prints, as in tcp://10.0.0.1:8786"
        raise InputError(f"--cluster {address}: {said} ({str(error).splitlines()[0][:120]})") from None


def _await_worker(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=FIRST)
    except TimeoutError:
        raise InputError(f"--cluster {address}: the scheduler has no worker; expected one: dask worker {address}") from None


def _differing(where: str, there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """Which versions of a worker are not those of this machine."""
    pairs = [f"{name} {there.get(name)} (here {version})" for name, version in here.items() if there.get(name) != version]
    return f"{where}: this worker has {', '.join(pairs)}; expected the same versions everywhere, since results depend on them"
