"""The threat table: every kind of attack that the corpus must hold files of.

A row is named by the first part of its files' ids; the words say what must happen.
"""

from types import MappingProxyType

GROUPS = MappingProxyType(
    {
        "signatures-and-keys": "who signed, with which key, for what, over what",
        "json-and-json-ld": "texts that two readers understand differently",
        "time-and-documents": "dates, the issuer's own documents, status lists",
        "carriers": "pictures, archives and codes that hold a badge",
        "showing": "texts that act on whoever shows or shares them",
    }
)
ROWS: MappingProxyType[str, MappingProxyType[str, str]] = MappingProxyType(
    {
        "signatures-and-keys": MappingProxyType(
            {
                "alg-none": "unsigned tokens are refused, however `none` is spelt",
                "hmac-with-the-public-key": "no HS* at all",
                "key-in-the-header": "it counts only if it is the issuer's",
                "keys-by-reference": "`jku`, `x5u` and `x5c` are never followed",
                "kid": "it is compared, never opened, and must be the issuer's",
                "crit-and-typ": "unknown extensions, tokens of another type: refused",
                "canonical-signatures": "one signature, one key, one text for each",
                "encrypted-tokens": "refused without decrypting",
                "claims-disagree": "claims that contradict the members are refused",
                "owner-of-the-key": "method, document, controller and issuer all agree",
                "purpose": "the proof, and the issuer's document, say: for assertions",
                "proof-sets": "every proof is good or named; ten at most",
                "proof-chains": "a proof that is built upon must be there and good",
                "jcs-context": "the proof's @context opens the document's",
                "sd-jwt": "disclosures are strict, and all that is said was signed",
            }
        ),
        "json-and-json-ld": MappingProxyType(
            {
                "duplicate-members": "refused at every depth, in tokens too",
                "json-limits": "one line of refusal, no traceback",
                "undefined-terms": "what no context defines is unsigned, and is named",
                "context-aliases": "contexts written into a badge rename nothing",
                "json-ld-keywords": "@graph, @nest and their like hide nothing",
                "context-addresses": "contexts come from the package, from no address",
                "draft-contexts": "a bundled context cannot be replaced",
                "poison-graphs": "the work is counted and limited",
            }
        ),
        "time-and-documents": MappingProxyType(
            {
                "dates-passed": "expired or not yet valid, beyond a minute of skew",
                "impossible-dates": "what is no date is refused",
                "words-of-vc-1.1": "a date under the older word is not passed over",
                "did-web-addresses": "no connection into a private network",
                "did-documents": "the issuer's own, sound, and it lists the key",
                "status-lists": "revoked is said; a list in doubt clears nobody",
                "gzip-bombs": "a list stops at 16 MiB",
                "status-addresses": "https only, no private network",
                "open-badges-2": "host, scope and copies are compared",
                "recipient-hashes": "a badge about somebody else is told",
            }
        ),
        "carriers": MappingProxyType(
            {
                "png": "damage, bombs and second badges are refused",
                "svg-entities": "no entity is expanded, nothing is fetched",
                "svg-active-content": "scripts in a picture are never run or copied",
                "zip": "read in memory, with limits, never written by name",
                "tar": "read in memory, with limits; no link or name is obeyed",
                "wallet": "what it claims of a badge counts for nothing",
                "web-page": "searched for our links, never interpreted",
                "pdf": "what is attached is read, with limits; nothing else",
                "qr": "an address in a picture is shown and asked by rule",
            }
        ),
        "showing": MappingProxyType(
            {
                "terminal-codes": "shown as visible escapes",
                "markup": "text stays text",
                "deceiving-characters": "shown as escapes, cut when too long",
                "mixed-scripts": "a name that mixes scripts is told",
                "html": "text stays text",
                "csv-formulas": "text stays text",
                "pdf-operators": "text stays text",
                "file-names": "no name of a badge becomes a path",
                "tracking-addresses": "no picture and no link is fetched",
            }
        ),
    }
)
