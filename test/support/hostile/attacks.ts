/** What is wrong with the ID token. */
export const ID_TOKEN_ATTACKS = [
  'wrong_aud',
  /** Ours is among the audiences, but the token was made for another party. */
  'wrong_azp',
  'wrong_iss',
  'wrong_nonce',
  'missing_nonce',
  'alg_none',
  /** HMAC with the public key as its secret. */
  'alg_hs256_public_key',
  /** HMAC with the client's secret, where the provider has announced RS256. */
  'alg_hs256_client_secret',
  'unknown_kid',
  /** A key that nobody published, under the name of one that is. */
  'forged_signature',
  'expired',
  'issued_in_future',
  'missing_sub',
  'missing_exp',
  'missing_id_token',
] as const;

/** What is wrong with the way back from the provider. */
export const CALLBACK_ATTACKS = [
  /** RFC 9207: the answer names another issuer. */
  'mixed_up_issuer',
  /** RFC 9207: the provider has announced that it always names itself. */
  'missing_issuer',
] as const;

/** Answers of the token endpoint. */
export const TOKEN_ATTACKS = [
  'token_500',
  'token_hangs',
  /** 200 with a web page. */
  'token_garbage',
  'token_not_json',
  /** A body without an end. */
  'token_huge',
  /** To an address inside. */
  'token_redirects',
  'token_invalid_grant',
  'token_type_mac',
  'token_missing_access_token',
] as const;

export const JWKS_ATTACKS = ['jwks_down', 'jwks_garbage', 'jwks_empty', 'jwks_huge', 'jwks_hangs'] as const;

export const USERINFO_ATTACKS = [
  'userinfo_sub_mismatch',
  'userinfo_down',
  'userinfo_garbage',
  'userinfo_huge',
  'userinfo_hangs',
] as const;

/** Before anything else; a client that has the metadata already does not see them. */
export const DISCOVERY_ATTACKS = [
  'discovery_issuer_mismatch',
  'discovery_down',
  'discovery_garbage',
  'discovery_huge',
  'discovery_hangs',
  'discovery_redirects',
] as const;

/** Refusals that a sound provider may give. */
export const DENIALS = [
  'access_denied',
  'server_error',
  'temporarily_unavailable',
  'login_required',
] as const;

export type Attack =
  | (typeof ID_TOKEN_ATTACKS)[number]
  | (typeof CALLBACK_ATTACKS)[number]
  | (typeof TOKEN_ATTACKS)[number]
  | (typeof JWKS_ATTACKS)[number]
  | (typeof USERINFO_ATTACKS)[number]
  | (typeof DISCOVERY_ATTACKS)[number]
  | (typeof DENIALS)[number];
