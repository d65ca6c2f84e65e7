// How long does @digitalcredentials/verifier-core take for one badge, warm?
import { readFileSync } from 'node:fs';
import { timed } from './timed.mjs';

const [badge, contexts, times] = process.argv.slice(2);
const documents = JSON.parse(readFileSync(contexts, 'utf8'));
// It would fetch contexts and JSON schemas: those get an answer without a network, and
// a schema that allows everything.
globalThis.fetch = async (request) => {
  const address = typeof request === 'string' ? request : request.url;
  return new Response(JSON.stringify(documents[address] ?? {}), {
    headers: { 'content-type': 'application/json' },
  });
};
const { verifyCredential } = await import('@digitalcredentials/verifier-core');
const credential = JSON.parse(readFileSync(badge, 'utf8'));

await timed(Number(times), async () => {
  const result = await verifyCredential({ credential, knownDIDRegistries: [] });
  const signature = result.log?.find((entry) => entry.id === 'valid_signature');
  return signature?.valid === true ? '' : JSON.stringify(result).slice(0, 300);
});
