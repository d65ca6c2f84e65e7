"""Is this RSA modulus long enough, and not one of those known to be guessable?

RFC 7518 section 3.3 asks for at least 2,048 bits. CVE-2017-15361 ("ROCA"): a chip
library made primes of the form k * M + 65537^a mod M, so that such a modulus leaves a
power of 65537 as its remainder by every small prime in M. A random modulus does so for
all of the primes below about once in 2^27 keys.
"""

from credwallet.errors import Invalid

_MIN_BITS = 2048
_MAX_BITS = 8192
_PRIMES = (
    *(3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73),
    *(79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157),
    *(163, 167),
)


def check_modulus(modulus: int) -> None:
    """Refuse a modulus with which a signature would prove too little.

    Args:
        modulus: The number n.

    Raises:
        Invalid: Fewer than 2,048 bits, more than 8,192, even, or of the weak form.

    """
    bits = modulus.bit_length()
    if bits < _MIN_BITS:
        raise Invalid(f"an RSA key of {bits} bits is too short to prove anything")
    if bits > _MAX_BITS:
        raise Invalid(f"an RSA key of {bits} bits is longer than any in use")
    if modulus % 2 == 0:
        raise Invalid("the modulus of the RSA key is even")
    if all(_is_power_of_65537(modulus % prime, prime) for prime in _PRIMES):
        raise Invalid("the RSA key is of the weak kind of CVE-2017-15361 (ROCA)")


def _is_power_of_65537(remainder: int, prime: int) -> bool:
    power = 1
    for _ in range(prime - 1):
        if power == remainder:
            return True
        power = power * 65537 % prime
    return False
