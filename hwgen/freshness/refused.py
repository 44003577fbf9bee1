"""What a computation must not do, by the events of the interpreter that tell of it, and the modules whose doings no event tells of.

Nothing here hears anything: see `observed` and `wrapped`.
"""

from __future__ import annotations

WRITING, STARTING, CONNECTING = "writing a file", "starting a program", "a network connection"
_FILES = ("remove", "rename", "mkdir", "rmdir", "link", "symlink", "truncate", "chmod", "chown", "utime", "setxattr", "removexattr")
_SOCKETS = ("connect", "bind", "getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo", "sendto", "sendmsg")
EVENTS = {
    **dict.fromkeys((f"os.{name}" for name in _FILES), WRITING),
    **dict.fromkeys((f"socket.{name}" for name in _SOCKETS), CONNECTING),
    **dict.fromkeys(("os.getxattr", "os.listxattr"), "asking for a file's attributes"),
    **dict.fromkeys(("os.kill", "os.killpg"), "sending a signal"),
    **dict.fromkeys(("resource.setrlimit", "resource.prlimit"), "changing its limits"),
    "builtins.input": "reading standard input",
    "sqlite3.load_extension": "loading code into a database",
    **dict.fromkeys(("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"), STARTING),
}
# Functions that do such a thing without an event, by their modules.
FUNCTIONS = {
    ("os", "mkfifo"): WRITING,
    ("os", "mknod"): WRITING,
    ("_posixsubprocess", "fork_exec"): STARTING,
    ("_posixshmem", "shm_open"): WRITING,
    ("_posixshmem", "shm_unlink"): WRITING,
}
# What reads, writes or runs a program past the interpreter: an interpreter of its own, the history of what was typed.
MODULES = frozenset({"_tkinter", "readline"})
