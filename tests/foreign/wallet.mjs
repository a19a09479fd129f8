// A wallet by libraries that know nothing of us: `@openid4vc/*` speak the protocols, `@sd-jwt/sd-jwt-vc` checks and
// shows documents. Jobs and answers are JSON lines, as in check.mjs. Devices live as long as the process.
import { createHash, randomBytes, webcrypto } from "node:crypto";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

globalThis.crypto ??= webcrypto;
const require = createRequire(`${process.env.JUZHU_FOREIGN_MODULES}/`);
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { Oauth2Client, clientAuthenticationAnonymous, setGlobalConfig } = await load("@openid4vc/oauth2");
const { Openid4vciClient } = await load("@openid4vc/openid4vci");
const { Openid4vpClient } = await load("@openid4vc/openid4vp");
const { SDJwtVcInstance } = await load("@sd-jwt/sd-jwt-vc");

setGlobalConfig({ allowInsecureUrls: true }); // the tests' server speaks plain HTTP
const EC = { name: "ECDSA", namedCurve: "P-256" };
const ECDSA = { name: "ECDSA", hash: "SHA-256" };
const devices = new Map();
const plain = ({ kty, crv, x, y }) => ({ kty, crv, x, y });
const hasher = (data, alg) => createHash(alg.replace("-", "")).update(Buffer.from(data)).digest();
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const get = async (url) => (await fetch(url)).json();

async function verified(jwk, data, signature) {
  const key = await webcrypto.subtle.importKey("jwk", plain(jwk), EC, false, ["verify"]);
  return webcrypto.subtle.verify(ECDSA, key, Buffer.from(signature, "base64url"), Buffer.from(data));
}

async function device(name) {
  if (!devices.has(name)) {
    const { privateKey, publicKey } = await webcrypto.subtle.generateKey(EC, true, ["sign", "verify"]);
    const jwk = plain(await webcrypto.subtle.exportKey("jwk", publicKey));
    const sign = async (data) =>
      Buffer.from(await webcrypto.subtle.sign(ECDSA, privateKey, Buffer.from(data))).toString("base64url");
    devices.set(name, { jwk, sign });
  }
  return devices.get(name);
}

async function keyOfDid(url) {
  // did:web, over HTTP for the tests' own address alone
  const host = decodeURIComponent(url.split("#")[0].replace("did:web:", ""));
  const scheme = host.startsWith("127.0.0.1") ? "http" : "https";
  const document = await get(`${scheme}://${host}/.well-known/did.json`);
  return document.verificationMethod.find(({ id }) => id === url).publicKeyJwk;
}

const callbacks = (holder) => ({
  fetch,
  hash: (data, alg) => hasher(data, alg),
  generateRandom: (length) => randomBytes(length),
  clientAuthentication: clientAuthenticationAnonymous(),
  async signJwt(_signer, { header, payload }) {
    const signed = `${encoded(header)}.${encoded(payload)}`;
    return { jwt: `${signed}.${await holder.sign(signed)}`, signerJwk: holder.jwk };
  },
  async verifyJwt(signer, { compact }) {
    const signerJwk = await keyOfDid(signer.didUrl);
    const [head, payload, signature] = compact.split(".");
    return { verified: await verified(signerJwk, `${head}.${payload}`, signature), signerJwk };
  },
});

function documents(holder, keys) {
  const byKid = (data) => {
    const { kid } = JSON.parse(Buffer.from(data.split(".")[0], "base64url"));
    return keys.find((key) => key.kid === kid);
  };
  return new SDJwtVcInstance({
    hasher,
    verifier: (data, signature) => verified(byKid(data), data, signature),
    statusVerifier: (data, signature) => verified(byKid(data), data, signature),
    statusListFetcher: async (uri) => (await fetch(uri)).text(),
    hashAlg: "sha-256",
    kbSigner: holder.sign,
    kbSignAlg: "ES256",
  });
}

async function fetched(client, holder, options) {
  // One document: at once, or by asking again until it is signed.
  const { issuerMetadata, accessToken } = options;
  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
  const signer = { method: "jwk", publicJwk: holder.jwk, alg: "ES256" };
  const credentialConfigurationId = holder.configuration;
  const { jwt } = await client.createCredentialRequestJwtProof({
    issuerMetadata,
    signer,
    nonce,
    credentialConfigurationId,
  });
  holder.proof = jwt;
  const asked = { issuerMetadata, accessToken, credentialConfigurationId, proofs: { jwt: [jwt] } };
  let answer = (await client.retrieveCredentials(asked)).credentialResponse;
  holder.transaction = answer.transaction_id;
  for (let turn = 0; !answer.credentials && options.patient && turn < 60; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const transactionId = holder.transaction;
    answer = (await client.retrieveDeferredCredentials({ issuerMetadata, accessToken, transactionId }))
      .deferredCredentialResponse;
  }
  if (!answer.credentials) return { deferred: answer.interval };
  holder.document = answer.credentials[0].credential;
  const { jwks_uri: at } = await get(`${issuerMetadata.credentialIssuer.credential_issuer}/.well-known/jwt-vc-issuer`);
  const library = documents(holder, (await get(at)).keys);
  const { payload } = await library.verify(holder.document, { disableStatusVerification: !options.status });
  return { payload };
}

const jobs = {
  // From an offer to a verified document.
  async load({ name, offer, tx_code: txCode, patient = true, status = false }) {
    const holder = await device(name);
    const client = new Openid4vciClient({ callbacks: callbacks(holder) });
    const credentialOffer = await client.resolveCredentialOffer(offer);
    const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
    const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
      credentialOffer,
      issuerMetadata,
      txCode,
    });
    holder.configuration = credentialOffer.credential_configuration_ids[0];
    Object.assign(holder, { issuerMetadata, tokens: accessTokenResponse });
    const accessToken = accessTokenResponse.access_token;
    return { ...(await fetched(client, holder, { issuerMetadata, accessToken, patient, status })), jwk: holder.jwk };
  },
  // The document once more: with the refresh token, without anybody being asked.
  async renew({ name, patient = true, status = false }) {
    const holder = await device(name);
    const client = new Oauth2Client({ callbacks: callbacks(holder) });
    const { accessTokenResponse } = await client.retrieveRefreshTokenAccessToken({
      authorizationServerMetadata: holder.issuerMetadata.authorizationServers[0],
      refreshToken: holder.tokens.refresh_token,
    });
    holder.tokens = accessTokenResponse;
    const accessToken = accessTokenResponse.access_token;
    const issuing = new Openid4vciClient({ callbacks: callbacks(holder) });
    return fetched(issuing, holder, { issuerMetadata: holder.issuerMetadata, accessToken, patient, status });
  },
  // A document that was asked for and not signed yet.
  async collect({ name }) {
    const holder = await device(name);
    const client = new Openid4vciClient({ callbacks: callbacks(holder) });
    const { deferredCredentialResponse: answer } = await client.retrieveDeferredCredentials({
      issuerMetadata: holder.issuerMetadata,
      accessToken: holder.tokens.access_token,
      transactionId: holder.transaction,
    });
    if (!answer.credentials) return { deferred: answer.interval };
    holder.document = answer.credentials[0].credential;
    return { document: holder.document };
  },
  // What a checker's link asks for, and the answer to it.
  async show({ name, link }) {
    const holder = await device(name);
    const client = new Openid4vpClient({ callbacks: callbacks(holder) });
    const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link });
    const resolved = await client.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: params });
    const request = resolved.authorizationRequestPayload;
    const [query] = resolved.dcql.query.credentials;
    const frame = Object.fromEntries((query.claims ?? []).map(({ path: [claim] }) => [claim, true]));
    const presentation = await documents(holder, []).present(holder.document, frame, {
      kb: { payload: { iat: Math.floor(Date.now() / 1000), aud: request.client_id, nonce: request.nonce } },
    });
    const { authorizationResponsePayload } = await client.createOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: request,
      authorizationResponsePayload: { vp_token: { [query.id]: [presentation] } },
    });
    const { response } = await client.submitOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: request,
      authorizationResponsePayload,
    });
    return { status: response.status, prefix: resolved.client.prefix, request, presentation };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { job, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { said: await jobs[job](given) };
  } catch (error) {
    const { credentialErrorResponseResult: at, deferredCredentialErrorResponseResult: later } = error.response ?? {};
    const told = (at ?? later)?.data ?? error.errorResponse ?? null;
    answer = { refused: String(error.message ?? error), told };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
