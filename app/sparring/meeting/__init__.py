"""How two homes meet: who is near, which addresses reach this machine, what the router lets in, remembered servers.

Knows sockets and the wire, and neither Qt nor the app's other packages. Its coroutines run in a thread of their own
(`MeetingThread`), so that neither a slow router nor a silent network is ever felt at the keyboard.
"""
