"""Becomes another program (a compiler, Node, a compiled solution) after the limits are set; see `harness_limits.py`.

Its arguments are the limits (JSON) and the command. `report` among the limits is a descriptor. Just before the program
starts, `begin` is written there: from then on its clock runs. With `watches`, the program becomes a child of this one,
which writes what it used to the same descriptor when it has ended: nobody outside a sandbox's process namespace learns
that from the kernel.
"""


def hide():
    """Lets no process of the same user look into this one, or use it: it has no filter, and the program has."""
    try:
        import ctypes

        dumpable = 4
        ctypes.CDLL(None).prctl(dumpable, 0, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


def become(limits, command):
    confine(limits)
    if limits.get("report") is not None:
        os.write(limits["report"], b"begin\n")
        os.close(limits["report"])
    try:
        os.execv(command[0], command)
    except OSError as error:
        os.write(2, f"{command[0]} cannot be started: {error.strerror}\n".encode())
        os._exit(127)


def launch():
    decode, encode = make_codec()
    limits = decode(sys.argv[1])
    os.environ.update(limits.get("environment", {}))
    if limits.get("watches"):
        hide()
        child = os.fork()
        if child:
            _, status, usage = os.wait4(child, 0)
            code = os.waitstatus_to_exitcode(status)
            os.write(limits["report"], encode({"memory_kb": usage.ru_maxrss}).encode())
            # As a shell reports a signal.
            os._exit(code if code >= 0 else 128 - code)
    become(limits, sys.argv[2:])


launch()
