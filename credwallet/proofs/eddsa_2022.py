"""eddsa-2022: what drafts of 2022 called eddsa-rdfc-2022 (vc-di-eddsa section 3.2)."""

from credwallet.proofs.eddsa_rdfc_2022 import KINDS, hash_data, signature_of

__all__ = ["KINDS", "NAME", "hash_data", "signature_of"]

NAME = "eddsa-2022"
