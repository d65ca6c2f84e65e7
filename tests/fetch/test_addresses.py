"""Which addresses may be asked at all."""

import ipaddress

import pytest

from credwallet.errors import Undetermined
from credwallet.fetch.addresses import Target, refuse_private, target_of
from tests.fetch.world import PUBLIC, URL, World, answer


@pytest.mark.parametrize(
    "url",
    [
        # Not https at all.
        "http://issuer.example.org/",
        "file:///etc/passwd",
        "ftp://issuer.example.org/",
        "data:application/json,{}",
        "javascript:alert(1)",
        "//issuer.example.org/",
        "issuer.example.org",
        "https:/issuer.example.org",
        "https://",
        "",
        # Loopback, private and metadata.
        "https://localhost/",
        "https://LOCALHOST./",
        "https://a.localhost/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://intranet/",
        "https://127.0.0.1/",
        "https://127.8.9.1:8443/",
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.100.100.200/",
        "https://168.63.129.16/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://240.0.0.1/",
        "https://255.255.255.255/",
        # The same in decimal, octal, hexadecimal and short forms.
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0X7F.1/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://127.1/",
        "https://127.0.1/",
        "https://0/",
        "https://127.0.0.1./",
        "https://0x7f.0.0.0x1/",
        "https://999.1.1.1/",
        "https://1.2.3.4.5/",
        # IPv6, also with IPv4 inside.
        "https://[::1]/",
        "https://[::]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::ffff:93.184.215.14]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::10.0.0.1]/",
        "https://[64:ff9b:1::1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:1::]/",
        "https://[2001:db8::1]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fd00:ec2::254]/",
        "https://[ff02::1]/",
        "https://[1.2.3.4]/",
        "https://[::1/",
        # Tricks with the parts of an address.
        "https://issuer.example.org@127.0.0.1/",
        "https://user:pass@issuer.example.org/",
        "https://issuer.example.org\\@evil.example/",
        "https://issuer.example.org%00.evil.example/",
        "https://issuer%2eexample%2eorg/",
        "https://issuer.example.org:0/",
        "https://issuer.example.org:65536/",
        "https://issuer.example.org:443:443/",
        "https://issuer.example.org/a/../../b",
        "https://issuer.example.org/..",
        "https://issuer.example.org/%2e%2E/b",
        "https://issuer.example.org/a%00b",
        "https://issuer.example.org/a%0d%0aHost:%20x",
        "https://issuer.example.org/a%zz",
        "https://issuer.example.org/a\r\nHost: x",
        "https://issuer.example.org/a\n",
        "https://issuer.example.org/a b",
        "https://issuer.example.org\t/",
        " https://issuer.example.org/",
        "https://issuer..example.org/",
        "https://-issuer.example.org/",
        "https://.example.org/",
        "https://" + "a" * 64 + ".example.org/",
        "https://" + "a." * 130 + "org/",
        "https://\u2460\u2461\u2466.0.0.1/",
        "https://issuer\u3002example.org/",
        "https://ex\u00e4mple.org/",
    ],
)
def test_an_address_that_is_not_public_is_refused_before_any_look_up(url):
    world = World(answer())
    assert world.refusal(url).type == "refused-address"
    assert world.looked_up == []
    assert world.connected == []


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://Example.ORG", Target("example.org", 443, "/")),
        (
            "HTTPS://example.org./a%20b?c=/../",
            Target("example.org", 443, "/a%20b?c=/../"),
        ),
        ("https://93.184.215.14/", Target(PUBLIC, 443, "/")),
        ("https://[2606:2800::1]:444/x", Target("2606:2800::1", 444, "/x")),
        ("https://xn--exmple-cua.org/", Target("xn--exmple-cua.org", 443, "/")),
        ("https://0x7f.example.org/", Target("0x7f.example.org", 443, "/")),
    ],
)
def test_a_public_address_is_taken_apart(url, target):
    assert target_of(url) == target


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "::1", "fe80::1%eth0", "::ffff:8.8.8.8", "nonsense", ""],
)
def test_a_private_network_address_is_refused(address):
    with pytest.raises(Undetermined):
        refuse_private(URL, address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800::1", "64:ff9b::5db8:d70e"])
def test_a_public_network_address_is_accepted(address):
    refuse_private(URL, address)


def test_no_address_that_the_standard_library_calls_private_is_open():
    for number in range(0, 2**32, 2**16 + 257):
        address = ipaddress.IPv4Address(number)
        try:
            refuse_private(URL, str(address))
        except Undetermined:
            continue
        assert address.is_global
        assert not address.is_multicast
