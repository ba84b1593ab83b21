"""Certificates: made once for a home, read from files on a server, replaced while it runs. Real handshakes."""

import asyncio
import datetime
import os
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from sparring_server.protocol.invite import pin_of
from sparring_server.tls import Certificate, TlsError, make_self_signed
from tests.support.tls import Listener, pin_shown, trusting_nobody


def test_a_homes_certificate_is_made_once_and_says_nothing_of_anybody(tmp_path: Path) -> None:
    path = make_self_signed(tmp_path / "profile")
    before = path.read_bytes()
    assert make_self_signed(tmp_path / "profile") == path
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    made = x509.load_pem_x509_certificate(before[before.index(b"-----BEGIN CERT") :])
    assert made.subject == made.issuer
    assert [one.value for one in made.subject] == ["Sparring"]
    key = made.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert key.curve.name == "secp256r1"
    assert made.not_valid_after_utc - datetime.datetime.now(datetime.UTC) > datetime.timedelta(days=365_000)
    assert [one.oid for one in made.extensions] == [x509.BasicConstraints.oid]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="modes of files are those of Unix")
def test_a_key_that_others_could_read_is_shut_again(tmp_path: Path) -> None:
    path = make_self_signed(tmp_path)
    path.chmod(0o644)
    assert make_self_signed(tmp_path).stat().st_mode & 0o777 == 0o600


def test_two_servers_that_begin_together_make_one_certificate(tmp_path: Path) -> None:
    make = "import sys; from pathlib import Path; from sparring_server.tls import Certificate, make_self_signed;"
    make += "print(Certificate(make_self_signed(Path(sys.argv[1]))).pin)"
    begun = [
        subprocess.Popen([sys.executable, "-c", make, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [one.communicate(timeout=60)[0] for one in begun]
    assert len(set(said)) == 1
    assert said[0].strip() == Certificate(make_self_signed(tmp_path)).pin


def test_a_damaged_certificate_is_said_and_not_replaced(tmp_path: Path) -> None:
    path = make_self_signed(tmp_path)
    path.write_text(path.read_text()[:400])
    with pytest.raises(TlsError, match="cannot be used"):
        Certificate(make_self_signed(tmp_path))
    (tmp_path / "file").write_text("")
    with pytest.raises(TlsError, match="cannot be written"):
        make_self_signed(tmp_path / "file")


def test_bad_files_are_said_without_the_key(tmp_path: Path) -> None:
    first, second = make_self_signed(tmp_path / "1"), make_self_signed(tmp_path / "2")
    with pytest.raises(TlsError, match="cannot be used"):
        Certificate(tmp_path / "none.pem")
    with pytest.raises(TlsError, match="mismatch"):
        Certificate(first, second)
    (tmp_path / "garbage.pem").write_text("no key at all")
    with pytest.raises(TlsError) as caught:
        Certificate(first, tmp_path / "garbage.pem")
    assert "no key at all" not in str(caught.value)


async def test_new_connections_get_the_new_certificate_and_old_ones_stay(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old, new = make_self_signed(tmp_path / "old"), make_self_signed(tmp_path / "new")
    served = tmp_path / "served.pem"
    served.write_bytes(old.read_bytes())
    certificate = Certificate(served)
    old_pin = certificate.pin
    async with Listener(certificate.context) as listener:
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.port, ssl=trusting_nobody())
        assert pin_shown(writer) == old_pin
        served.write_text("half a file")
        assert not certificate.reload()
        assert "stays as it was" in caplog.text
        assert await listener.pin() == old_pin
        served.write_bytes(new.read_bytes())
        assert certificate.reload()
        assert certificate.pin == Certificate(new).pin != old_pin
        assert await listener.pin() == certificate.pin
        # With a name, too: clients send one where the link has a name and not an address.
        assert await listener.pin("club.example") == certificate.pin
        writer.write(b"still there\n")
        assert await reader.readline() == b"still there\n"
        writer.close()


async def test_old_versions_of_tls_are_refused(tmp_path: Path) -> None:
    certificate = Certificate(make_self_signed(tmp_path))
    old = trusting_nobody()
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    async with Listener(certificate.context) as listener:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await asyncio.open_connection("127.0.0.1", listener.port, ssl=old)


def test_the_pin_is_that_of_the_first_certificate_in_the_file(tmp_path: Path) -> None:
    first, second = make_self_signed(tmp_path / "1"), make_self_signed(tmp_path / "2")
    issuer = second.read_text()[second.read_text().index("-----BEGIN CERT") :]
    chain = tmp_path / "chain.pem"
    chain.write_text(first.read_text() + issuer)
    assert Certificate(chain).pin == Certificate(first).pin != pin_of(ssl.PEM_cert_to_DER_cert(issuer))
