"""Becomes another program (a compiler, Node, a compiled solution) after the limits are set; see `harness_limits.py`.

Its arguments are the limits (JSON) and the command. Just before, it writes a word to a descriptor, if it was given one:
that is when the program's clock starts.
"""


def launch():
    limits = json.loads(sys.argv[1])
    confine(limits)
    os.environ.update(limits.get("environment", {}))
    if limits.get("announce") is not None:
        os.write(limits["announce"], b"begin\n")
        os.close(limits["announce"])
    try:
        os.execv(sys.argv[2], sys.argv[2:])
    except OSError as error:
        sys.stderr.write(f"{sys.argv[2]} cannot be started: {error.strerror}\n")
        os._exit(127)


launch()
