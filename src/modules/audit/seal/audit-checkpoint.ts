/** The seal of one batch of records, chained to the one before it of the same class. Digests go with the batch; the rest stays for good. */
export interface AuditCheckpointRecord {
  /** The batch's id too. */
  readonly id: string;
  readonly realmId: string;
  readonly retention: string;
  /** 1, 2, 3 … in its class. */
  readonly sequence: number;
  /** How many records. */
  readonly count: number;
  readonly firstId: string;
  readonly lastId: string;
  /** When the latest record was written. */
  readonly lastAt: Date;
  /** Id and SHA-256 of each record, one after another, base64; `null` once the batch is dropped. */
  readonly digests: string | null;
  /** SHA-256 of the digests, hex. */
  readonly root: string;
  /** `hash` of the checkpoint before; `null` for the first. */
  readonly previousHash: string | null;
  /** SHA-256 of all above, hex. */
  readonly hash: string;
  /** HMAC of `hash` under `AUTH_SECRETS`, `keyId.mac`: who can write to the database alone cannot make one. */
  readonly mac: string;
  readonly sealedAt: Date;
  /** When retention took the records away. */
  readonly droppedAt: Date | null;
}
