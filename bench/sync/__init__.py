"""The sync server beside its peers and the floor, under load: every server of a round is measured in the same run.

`wire` and `dialects` are bytes; `scripts` is what is typed; `load` is the generator, a process of its own on its own
core; `servers` and `peers` start what is measured on the other; `rounds` measures, `rows` tells it.
"""
