// How long does @digitalbazaar/vc take for one badge, warm?
import { readFileSync } from 'node:fs';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { timed } from './timed.mjs';

const [badge, contexts, times] = process.argv.slice(2);
const documents = JSON.parse(readFileSync(contexts, 'utf8'));
const credential = JSON.parse(readFileSync(badge, 'utf8'));
const method = credential.proof.verificationMethod;
const [issuer, key] = method.split('#');
const verificationMethod = {
  '@context': 'https://w3id.org/security/multikey/v1',
  id: method,
  type: 'Multikey',
  controller: issuer,
  publicKeyMultibase: key,
};
documents[method] = verificationMethod;
documents[issuer] = {
  '@context': ['https://www.w3.org/ns/did/v1'],
  id: issuer,
  verificationMethod: [verificationMethod],
  assertionMethod: [method],
};
const documentLoader = async (documentUrl) => {
  if (!(documentUrl in documents)) {
    throw new Error(`not at hand: ${documentUrl}`);
  }
  return { contextUrl: null, documentUrl, document: documents[documentUrl] };
};
const suite = new DataIntegrityProof({ cryptosuite });

await timed(Number(times), async () => {
  const result = await vc.verifyCredential({ credential, suite, documentLoader });
  return result.verified ? '' : String(result.error?.errors ?? result.error);
});
