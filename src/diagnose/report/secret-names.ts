/** Replaces a secret. */
export const HIDDEN = '…'

/**
 * Parts of names that mark a secret anywhere in a name: `X-Shopify-Access-Token`, `phpsessid`,
 * `awsaccesskeyid`.
 */
const PARTS =
  /token|secret|passw|passcode|passphrase|pwd|session|sess_?id|signature|credential|cookie|jwt|bearer|csrf|xsrf|saml|hmac|assertion|auth(?!or(?!i[sz]))|key(?!board|word|note|frame|stone|up\b|down\b|press)/i

/** Words that mark a secret if they stand alone in a name: `sig`, `X-Pin`, `connect.sid`. */
const WORDS =
  /(?:^|[^a-z])(?:access|cred|creds|hash|hdnea|hdnts|login|mac|mfa|nonce|otp|pass|pin|private|psk|pw|sess|sid|sig|sign|ssid|tok|totp|ticket)(?:[^a-z]|$)/i

/** Names that hold a secret as a parameter, and something harmless as a header. */
const PARAMETERS = /^(?:code|state|policy|googleaccessid|.*[^a-z]code)$/i

/** Names of products, which do not tell what a field holds. */
const PRODUCTS =
  /^(?:dpop|x-honeycomb-team|x-firebase-appcheck|x-ms-client-principal|x-goog-iap-.*|cf-access-.*|ssl-client-.*)$/i

/** Protocol fields whose names sound like secrets but are not. */
const PROTOCOL =
  /^(?:access-control-.*|sec-fetch-.*|www-authenticate|proxy-authenticate|authority|surrogate-key|x-cache-key|clear-site-data)$/i

/**
 * Returns whether a header, a cookie or a form field of this name holds a secret. In doubt it does:
 * hiding a harmless value costs less than showing a secret.
 */
export function isSecretName(name: string): boolean {
  if (PROTOCOL.test(name)) return false
  return PARTS.test(name) || WORDS.test(apart(name)) || PRODUCTS.test(name)
}

/** Returns whether a parameter of a URL or a form holds a secret. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) || PARAMETERS.test(apart(name))
}

/** Splits names such as `clientSig` and `PINCode` into words. */
function apart(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
}
