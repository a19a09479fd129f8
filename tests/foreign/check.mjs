// Checks what we issue by libraries that know nothing of us. Jobs come as JSON lines on standard input, answers go
// out as JSON lines: {"said": …} for what a library accepted, {"refused": "…"} for what it did not.
import { createHash, webcrypto } from "node:crypto";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

globalThis.crypto ??= webcrypto;
const require = createRequire(`${process.env.JUZHU_FOREIGN_MODULES}/`);
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { SDJwtVcInstance } = await load("@sd-jwt/sd-jwt-vc");
const { getListFromStatusListJWT } = await load("@sd-jwt/jwt-status-list");
const { COSEKey, Sign1 } = await load("@auth0/cose");
const cose = require("cose-js");
const { sm2, sm3 } = require("sm-crypto");

const ECDSA = { name: "ECDSA", hash: "SHA-256" };
const plain = ({ kty, crv, x, y }) => ({ kty, crv, x, y });
const hasher = (data, alg) => createHash(alg.replace("-", "")).update(Buffer.from(data)).digest();

function verifierOf(jwk) {
  const key = webcrypto.subtle.importKey("jwk", plain(jwk), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return async (data, signature) =>
    webcrypto.subtle.verify(ECDSA, await key, Buffer.from(signature, "base64url"), Buffer.from(data));
}

const libraries = {
  async "@sd-jwt/sd-jwt-vc"({ data, jwk, lists, now, nonce }) {
    const verifier = verifierOf(jwk);
    const library = new SDJwtVcInstance({
      hasher,
      verifier,
      statusVerifier: verifier,
      kbVerifier: (signed, signature, payload) => verifierOf(payload.cnf.jwk)(signed, signature),
      statusListFetcher: async (uri) => lists[uri],
    });
    const { payload, kb } = await library.verify(data, { currentDate: now, keyBindingNonce: nonce });
    return { payload, kb: kb?.payload ?? null };
  },
  async "@sd-jwt/jwt-status-list"({ data, jwk, idx }) {
    const [head, payload, signature] = data.split(".");
    if (!(await verifierOf(jwk)(`${head}.${payload}`, signature))) throw new Error("signature");
    const list = getListFromStatusListJWT(data);
    return idx.map((each) => list.getStatus(each));
  },
  async "@auth0/cose"({ data, jwk }) {
    const message = Sign1.decode(Buffer.from(data, "hex"));
    await message.verify(await COSEKey.fromJWK(plain(jwk)).toKeyLike(), { algorithms: [-7] });
    return Buffer.from(message.payload).toString("hex");
  },
  async "cose-js"({ data, jwk }) {
    const key = { x: Buffer.from(jwk.x, "base64url"), y: Buffer.from(jwk.y, "base64url") };
    return (await cose.sign.verify(Buffer.from(data, "hex"), { key })).toString("hex");
  },
  // Bytes are hexadecimal: `signature` to be checked by the public `key`, or, without one, to be made by a private key.
  async "sm-crypto"({ data, key, signature }) {
    const bytes = Array.from(Buffer.from(data, "hex"));
    if (!signature) return sm2.doSignature(bytes, key, { hash: true });
    if (!sm2.doVerifySignature(bytes, signature, `04${key}`, { hash: true })) throw new Error("signature");
    return sm3(bytes);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  let answer;
  try {
    answer = { said: await libraries[job.library](job) };
  } catch (error) {
    answer = { refused: String(error.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
