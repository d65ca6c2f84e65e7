// @sd-jwt/sd-jwt-vc judges a presentation of an SD-JWT VC:
// {token, nonce, issuer} -> {verified, claims, binding} or {verified, error}.
import { webcrypto as crypto, createHash } from "node:crypto";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import { answer, question } from "./input.mjs";

const asked = question();
const names = (jwk) =>
  jwk.crv === "P-256"
    ? [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }]
    : [{ name: "Ed25519" }, { name: "Ed25519" }];
const fits = async (data, signature, jwk) => {
  const [made, used] = names(jwk);
  const { kty, crv, x, y } = jwk;
  const key = await crypto.subtle.importKey(
    "jwk", { kty, crv, x, ...(y ? { y } : {}) }, made, false, ["verify"],
  );
  return crypto.subtle.verify(
    used, key, Buffer.from(signature, "base64url"), Buffer.from(data),
  );
};
const reader = new SDJwtVcInstance({
  hasher: (data, name) =>
    new Uint8Array(createHash(name.replace("-", "")).update(data).digest()),
  hashAlg: "sha-256",
  verifier: (data, signature) => fits(data, signature, asked.issuer),
  kbVerifier: (data, signature, payload) => fits(data, signature, payload.cnf.jwk),
});
try {
  const found = await reader.verify(asked.token, { keyBindingNonce: asked.nonce });
  answer({ verified: true, claims: found.payload, binding: found.kb?.payload ?? null });
} catch (error) {
  answer({ verified: false, error: String(error?.message ?? error) });
}
