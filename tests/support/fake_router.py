"""A router that speaks UPnP on this machine alone, and says what a test wants it to say."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field

_DEVICE = """<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
<device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>
<friendlyName>A router</friendlyName><manufacturer>Us</manufacturer><modelName>Small</modelName>
<UDN>uuid:00000000-0000-0000-0000-000000000001</UDN>
<serviceList><service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>
<serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId><controlURL>/control</controlURL>
<eventSubURL>/events</eventSubURL><SCPDURL>/service.xml</SCPDURL></service></serviceList></device></root>"""
_ACTIONS = {
    "GetExternalIPAddress": ([], ["NewExternalIPAddress"]),
    "GetStatusInfo": ([], ["NewConnectionStatus", "NewLastConnectionError", "NewUptime"]),
    "AddPortMapping": (
        ["NewRemoteHost", "NewExternalPort", "NewProtocol", "NewInternalPort", "NewInternalClient", "NewEnabled",
         "NewPortMappingDescription", "NewLeaseDuration"], [],
    ),
    "DeletePortMapping": (["NewRemoteHost", "NewExternalPort", "NewProtocol"], []),
}  # fmt: skip
_TYPES = {
    "NewExternalPort": "ui2", "NewInternalPort": "ui2", "NewEnabled": "boolean", "NewLeaseDuration": "ui4",
    "NewUptime": "ui4",
}  # fmt: skip


def _service() -> str:
    actions, names = [], set()
    for name, (given, back) in _ACTIONS.items():
        arguments = "".join(
            f"<argument><name>{one}</name><direction>{way}</direction>"
            f"<relatedStateVariable>{one[3:]}</relatedStateVariable></argument>"
            for way, group in (("in", given), ("out", back))
            for one in group
        )
        names.update(given, back)
        actions.append(f"<action><name>{name}</name><argumentList>{arguments}</argumentList></action>")
    variables = "".join(
        f'<stateVariable sendEvents="no"><name>{one[3:]}</name><dataType>{_TYPES.get(one, "string")}</dataType>'
        "</stateVariable>"
        for one in sorted(names)
    )
    return (
        '<?xml version="1.0"?><scpd xmlns="urn:schemas-upnp-org:service-1-0"><specVersion><major>1</major>'
        f"<minor>0</minor></specVersion><actionList>{''.join(actions)}</actionList>"
        f"<serviceStateTable>{variables}</serviceStateTable></scpd>"
    )


@dataclass
class FakeRouter(asyncio.DatagramProtocol):
    """`async with FakeRouter(...) as router`. Answers searches at `target`; keeps what it was asked to open."""

    external: str = "11.0.0.1"
    refuse: Callable[[dict[str, str]], int] = lambda values: 0
    """Gives the error code for a mapping; 0: it is made."""
    description: str = _DEVICE
    location: str = ""
    """Where it says that its description lies; empty: with itself."""
    open: dict[int, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def __aenter__(self) -> "FakeRouter":
        self._http = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._port = self._http.sockets[0].getsockname()[1]
        loop = asyncio.get_running_loop()
        self._udp, _ = await loop.create_datagram_endpoint(lambda: self, ("127.0.0.1", 0))
        self.target: tuple[str, int] = self._udp.get_extra_info("sockname")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._udp.close()
        self._http.close()
        await self._http.wait_closed()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        searched = re.search(rb"(?mi)^ST:\s*(\S+)", data)
        if searched is None or not searched[1].endswith(b":1"):
            return
        where = self.location or f"http://127.0.0.1:{self._port}/device.xml"
        answer = (
            f"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=60\r\nEXT:\r\nST: {searched[1].decode()}\r\nLOCATION: {where}"
            f"\r\nUSN: uuid:1::{searched[1].decode()}\r\n\r\n"
        )
        self._udp.sendto(answer.encode(), addr)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length:\s*(\d+)", head)
            body = (await reader.readexactly(int(length[1]) if length else 0)).decode()
            status, answer = self._answer(head.decode().split()[1], body)
            told = answer.encode()
            writer.write(
                f"HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {len(told)}\r\n"
                f"Connection: close\r\n\r\n".encode()
                + told
            )
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, path: str, body: str) -> tuple[str, str]:
        if path == "/device.xml":
            return "200 OK", self.description
        if path == "/service.xml":
            return "200 OK", _service()
        named = re.search(r"<\w+:(\w+) xmlns:\w+=.urn:schemas-upnp-org:service", body)
        action = named[1] if named else ""
        values = dict(re.findall(r"<(New\w+)[^>]*>([^<]*)</", body))
        self.asked.append(action)
        code = self._act(action, values)
        if code:
            fault = (
                "<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
                '<UPnPError xmlns="urn:schemas-upnp-org:control-1-0">'
                f"<errorCode>{code}</errorCode><errorDescription>no</errorDescription></UPnPError></detail></s:Fault>"
            )
            return "500 Internal Server Error", _envelope(fault)
        told = {"NewExternalIPAddress": self.external, "NewConnectionStatus": "Connected",
                "NewLastConnectionError": "ERROR_NONE", "NewUptime": "1"}  # fmt: skip
        back = "".join(f"<{one}>{told[one]}</{one}>" for one in _ACTIONS.get(action, ([], []))[1])
        kind = "urn:schemas-upnp-org:service:WANIPConnection:1"
        return "200 OK", _envelope(f'<u:{action}Response xmlns:u="{kind}">{back}</u:{action}Response>')

    def _act(self, action: str, values: dict[str, str]) -> int:
        if action == "AddPortMapping":
            code = self.refuse(values)
            if not code:
                self.open[int(values["NewExternalPort"])] = values
            return code
        if action == "DeletePortMapping":
            return 0 if self.open.pop(int(values["NewExternalPort"]), None) else 714
        return 0


def _envelope(body: str) -> str:
    return (
        '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
        ' s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">'
        f"<s:Body>{body}</s:Body></s:Envelope>"
    )
