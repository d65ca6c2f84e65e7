// jose judges a compact JWS:
// {token, jwk, audience, typ, at} -> {verified, claims, header} or {verified, error}.
import { importJWK, jwtVerify } from "jose";
import { answer, question } from "./input.mjs";

const asked = question();
try {
  const { payload, protectedHeader } = await jwtVerify(
    asked.token,
    await importJWK(asked.jwk, asked.jwk.crv === "P-256" ? "ES256" : "EdDSA"),
    { audience: asked.audience, typ: asked.typ, currentDate: new Date(asked.at) },
  );
  answer({ verified: true, claims: payload, header: protectedHeader });
} catch (error) {
  answer({ verified: false, error: `${error.code}: ${error.message}` });
}
