// @digitalcredentials/vc judges a presentation with Data Integrity proofs:
// {presentation, challenge, domain} -> {verified, presentation, credentials, errors}.
import { verify } from "@digitalcredentials/vc";
import { DataIntegrityProof } from "@digitalcredentials/data-integrity";
import { Ed25519Signature2020 } from "@digitalcredentials/ed25519-signature-2020";
import { cryptosuite as eddsa } from "@digitalcredentials/eddsa-rdfc-2022-cryptosuite";
import { cryptosuite as ecdsa } from "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite";
import { securityLoader } from "@digitalcredentials/security-document-loader";
import { answer, question } from "./input.mjs";

const asked = question();
const loader = securityLoader().build();

// That loader knows did:key of Ed25519 only; this is the document of one on P-256.
async function documentLoader(url) {
  const [did, fragment] = url.split("#");
  if (!did.startsWith("did:key:zDn")) return loader(url);
  const multibase = did.slice("did:key:".length);
  const method = {
    "@context": "https://w3id.org/security/multikey/v1",
    id: `${did}#${multibase}`,
    type: "Multikey",
    controller: did,
    publicKeyMultibase: multibase,
  };
  const controller = {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: did,
    verificationMethod: [method],
    authentication: [method.id],
  };
  const document = fragment ? method : controller;
  return { contextUrl: null, documentUrl: url, document };
}

const result = await verify({
  presentation: asked.presentation,
  challenge: asked.challenge,
  domain: asked.domain,
  suite: [
    new DataIntegrityProof({ cryptosuite: eddsa }),
    new DataIntegrityProof({ cryptosuite: ecdsa }),
    new Ed25519Signature2020(),
  ],
  documentLoader,
  unsignedPresentation: false,
  checkStatus: async () => ({ verified: true }),
});
const words = (error) =>
  error ? [error.message, ...(error.errors ?? []).flatMap(words)] : [];
answer({
  verified: result.verified,
  presentation: result.presentationResult?.verified ?? false,
  credentials: (result.credentialResults ?? []).map((each) => each.verified),
  errors: [
    ...words(result.error),
    ...words(result.presentationResult?.error),
    ...(result.credentialResults ?? []).flatMap((each) => words(each.error)),
  ],
});
