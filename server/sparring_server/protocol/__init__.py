"""The wire, shared by server and app: frames, messages, names, invite links and limits.

Pure: nothing here opens a socket, knows asyncio or touches a disk. `PROTOCOL.md` is the specification.
"""
