"""How two homes meet: who is near, which addresses reach this machine, what the router lets in, remembered servers.

Knows sockets and the wire, and neither Qt nor the app's other packages. Its coroutines run in a thread of their own
(`MeetingThread`), so that neither a slow router nor a silent network is ever felt at the keyboard.
"""

from sparring.meeting.addresses import Kind, LocalAddress, is_public, local_addresses
from sparring.meeting.announcing import Announcement, Nearby, Neighbourhood
from sparring.meeting.hosting import Hosting
from sparring.meeting.probe import Answer, Place, probe
from sparring.meeting.reach import Hosted, Report, Scope, Search, State, Step, Way
from sparring.meeting.servers import BadServer, Server, Servers, ServersError, parse_server
from sparring.meeting.thread import MeetingThread

__all__ = [
    "Announcement",
    "Answer",
    "BadServer",
    "Hosted",
    "Hosting",
    "Kind",
    "LocalAddress",
    "MeetingThread",
    "Nearby",
    "Neighbourhood",
    "Place",
    "Report",
    "Scope",
    "Search",
    "Server",
    "Servers",
    "ServersError",
    "State",
    "Step",
    "Way",
    "is_public",
    "local_addresses",
    "parse_server",
    "probe",
]
