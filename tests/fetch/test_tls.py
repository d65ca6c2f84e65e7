"""The real connection, against a server on this machine."""

import datetime as dt
import socket
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from credwallet.errors import Undetermined
from credwallet.fetch.https import HttpsFetch
from credwallet.fetch.posting import HttpsPost
from credwallet.fetch.wire import connect
from tests.fetch.world import PUBLIC, answer


@pytest.fixture
def tls_server(tmp_path, monkeypatch):
    """A server that presents a certificate for issuer.example.org, once."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("issuer.example.org")]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    authority = tmp_path / "authority.pem"
    authority.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    both = tmp_path / "both.pem"
    both.write_bytes(
        authority.read_bytes()
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)

    def serve():
        with listener, listener.accept()[0] as plain:
            plain.settimeout(10)
            try:
                with context.wrap_socket(plain, server_side=True) as stream:
                    stream.recv(4096)
                    stream.sendall(answer(b"hello"))
            except OSError:
                return  # the client did not trust us

    thread = threading.Thread(target=serve)
    thread.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    yield listener.getsockname()[1]
    thread.join(10)


def fetch_through(port, host):
    def to_loopback(_address, target, timeout):
        return connect("127.0.0.1", target._replace(port=port), timeout)

    fetch = HttpsFetch(resolve=lambda _host, _port: (PUBLIC,), connect=to_loopback)
    return fetch(f"https://{host}/x")


def test_a_certificate_that_names_the_host_is_accepted(tls_server):
    assert fetch_through(tls_server, "issuer.example.org").body == b"hello"


def test_a_certificate_that_names_another_host_is_refused(tls_server):
    with pytest.raises(Undetermined, match="certificate is not trusted") as caught:
        fetch_through(tls_server, "other.example.org")
    assert caught.value.type == "unreachable"


def test_a_certificate_of_an_unknown_authority_is_refused(
    tls_server, tmp_path, monkeypatch
):
    empty = tmp_path / "none.pem"
    empty.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(empty))
    with pytest.raises(Undetermined, match="certificate is not trusted"):
        fetch_through(tls_server, "issuer.example.org")


def post_through(port, host):
    def to_loopback(_address, target, timeout):
        return connect("127.0.0.1", target._replace(port=port), timeout)

    post = HttpsPost(resolve=lambda _host, _port: (PUBLIC,), connect=to_loopback)
    return post(f"https://{host}/x", b'{"vp":{}}')


def test_what_is_given_goes_to_the_host_that_the_certificate_names(tls_server):
    assert post_through(tls_server, "issuer.example.org").body == b"hello"


def test_nothing_is_given_to_a_host_that_the_certificate_does_not_name(tls_server):
    with pytest.raises(Undetermined, match="certificate is not trusted") as caught:
        post_through(tls_server, "other.example.org")
    assert caught.value.type == "unreachable"
