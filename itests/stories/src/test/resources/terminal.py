"""A person at a terminal: runs a program on a pseudo-terminal of its own, as a script says.

terminal.py SCRIPT PROGRAM ARGUMENTS...  where each line of SCRIPT is one of
  send TEXT      types it; \\n, \\x03 and the like are read as in Python
  expect REGEX   waits until the screen has shown it, behind what was expected before
  size ROWS COLS makes the terminal another size, as a window does
Everything shown goes to stdout; ends with the program's exit status, or with 99 and a sentence if something did not come.
"""
import fcntl, os, pty, re, select, signal, struct, sys, termios, time

PATIENCE = 90


def size(fd, rows, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def read(fd):
    try:
        return os.read(fd, 65536)
    except OSError:  # Linux's way to say that the program has closed its terminal
        return b""


def wait_for(fd, pattern, seen):
    end = time.monotonic() + PATIENCE
    while True:
        found = re.search(pattern.encode(), seen, re.S)
        if found:
            return seen[found.end():]
        ready, _, _ = select.select([fd], [], [], max(0, end - time.monotonic()))
        more = read(fd) if ready else b""
        if not more:
            print("\n[did not come: %s]" % pattern)
            sys.stdout.flush()
            os._exit(99)
        sys.stdout.buffer.write(more)
        seen += more


def main(script, program):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp(program[0], program)
    size(fd, 24, 80)
    seen = b""
    for line in open(script).read().splitlines():
        verb, _, rest = line.partition(" ")
        if verb == "send":
            os.write(fd, rest.encode().decode("unicode_escape").encode("latin-1"))
        elif verb == "size":
            size(fd, *map(int, rest.split()))
        elif verb == "expect":
            seen = wait_for(fd, rest, seen)
    while True:
        more = read(fd)
        if not more:
            break
        sys.stdout.buffer.write(more)
    sys.stdout.flush()
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


main(sys.argv[1], sys.argv[2:])
