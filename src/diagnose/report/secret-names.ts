/** What stands in the place of a secret. */
export const HIDDEN = '…'

/** Parts of names that give a secret away wherever they stand: `X-Shopify-Access-Token`, `phpsessid`, `awsaccesskeyid`. */
const PARTS =
  /token|secret|passw|passcode|passphrase|pwd|session|sess_?id|signature|credential|cookie|jwt|bearer|csrf|xsrf|saml|hmac|assertion|auth(?!or(?!i[sz]))|key(?!board|word|note|frame|stone|up\b|down\b|press)/i

/** Words that give a secret away when they stand alone in a name: `sig`, `X-Pin`, `connect.sid`. */
const WORDS =
  /(?:^|[^a-z])(?:access|cred|creds|hash|hdnea|hdnts|login|mac|mfa|nonce|otp|pass|pin|private|psk|pw|sess|sid|sig|sign|ssid|tok|totp|ticket)(?:[^a-z]|$)/i

/** Names of parameters that hold a secret there, and something harmless in a header. */
const PARAMETERS = /^(?:code|state|policy|googleaccessid|.*[^a-z]code)$/i

/** Names of products, which say nothing of what they hold. */
const PRODUCTS =
  /^(?:dpop|x-honeycomb-team|x-firebase-appcheck|x-ms-client-principal|x-goog-iap-.*|cf-access-.*|ssl-client-.*)$/i

/** Fields of protocols whose names sound like secrets, and hold none. */
const PROTOCOL =
  /^(?:access-control-.*|sec-fetch-.*|www-authenticate|proxy-authenticate|authority|surrogate-key|x-cache-key|clear-site-data)$/i

/**
 * Tells whether a header, a cookie or a field of a form of this name holds a secret. A name that only sounds like one costs a reader a
 * value; one that is missed costs the secret.
 */
export function isSecretName(name: string): boolean {
  if (PROTOCOL.test(name)) return false
  return PARTS.test(name) || WORDS.test(apart(name)) || PRODUCTS.test(name)
}

/** Tells whether a parameter of a URL or a form holds a secret. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) || PARAMETERS.test(apart(name))
}

/** `clientSig` and `PINCode` are two words each. */
function apart(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
}
