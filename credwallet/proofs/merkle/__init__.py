"""Receipts of Merkle trees: does a document belong to what a transaction anchored?

`receipt` is what a proof states, `chains` which blockchain an anchor names,
`transactions` what a block explorer says about a transaction, `addresses` which ones an
issuer's profile lists. Blockcerts 2.0 and 3.x (MerkleProof2017, MerkleProof2019).
"""
