import { assertThat } from '../../../shared/errors/assert-that.js';
import { Argon2Format } from './hash-formats/argon2.format.js';
import { BcryptFormat } from './hash-formats/bcrypt.format.js';
import { BcryptSha256Format } from './hash-formats/bcrypt-sha256.format.js';
import type { HashFormat, ReadableHash, WritableHashFormat } from './hash-formats/hash-format.js';
import { Pbkdf2Format } from './hash-formats/pbkdf2.format.js';
import { ScryptFormat } from './hash-formats/scrypt.format.js';
import { HashQueue } from './hash-queue.js';
import { isWellFormed, normalizePassword } from './normalize-password.js';
import { PasswordHasher, type HashReservation } from './password-hasher.js';
import { PasswordErrors } from './password.errors.js';
import { assertOption, defaultPasswordOptions, type PasswordOptions } from './password.options.js';

type HasherOptions = Pick<PasswordOptions, 'algorithm' | 'bcryptCost' | 'concurrency' | 'maxQueue'>;

/** No supported hash is longer. */
const MAX_STORED_LENGTH = 300;

/** Writes `$bcrypt-sha256$` or argon2id; reads those and plain bcrypt, argon2i and argon2d, scrypt and PBKDF2. */
export class DefaultPasswordHasher extends PasswordHasher {
  private readonly queue: HashQueue;
  private readonly writer: WritableHashFormat;
  private readonly formats: readonly HashFormat[];

  /** Throws a RangeError for an option out of bounds. */
  constructor(options: Partial<HasherOptions> = {}) {
    super();
    const { algorithm, bcryptCost, concurrency, maxQueue } = defaultPasswordOptions(options);
    assertOption('bcryptCost', bcryptCost, 4, 15);
    assertOption('concurrency', concurrency, 1, 1024);
    assertOption('maxQueue', maxQueue, 0, 100_000);
    this.queue = new HashQueue(concurrency, maxQueue);
    const bcryptSha256 = new BcryptSha256Format(bcryptCost);
    const argon2 = new Argon2Format();
    this.writer = algorithm === 'argon2id' ? argon2 : bcryptSha256;
    this.formats = [bcryptSha256, argon2, new BcryptFormat(), new ScryptFormat(), new Pbkdf2Format()];
  }

  get running(): number {
    return this.queue.running;
  }

  get queued(): number {
    return this.queue.queued;
  }

  hash(password: string): Promise<string> {
    return this.withReservation((reservation) => reservation.hash(password));
  }

  verify(password: string, stored: string): Promise<boolean> {
    return this.withReservation((reservation) => reservation.verify(password, stored));
  }

  verifyDummy(password: string): Promise<false> {
    return this.withReservation((reservation) => reservation.verifyDummy(password));
  }

  needsRehash(stored: string): boolean {
    return !this.writer.isCurrent(stored);
  }

  isSupported(stored: string): boolean {
    return this.read(stored) !== null;
  }

  reserve(): HashReservation {
    const place = this.queue.reserve();
    const verify = async (password: string, stored: string): Promise<boolean> => {
      const hash = this.read(stored);
      if (!hash) return false;
      const matches = await place.run(() => hash.matches(normalizePassword(password)));
      return matches && isWellFormed(password);
    };
    return {
      verify,
      verifyDummy: async (password) => {
        await verify(password, this.writer.dummy);
        return false;
      },
      hash: async (password) => {
        assertThat(isWellFormed(password), PasswordErrors.password_invalid);
        return place.run(() => this.writer.hash(normalizePassword(password)));
      },
      release: () => place.release(),
    };
  }

  private async withReservation<T>(work: (reservation: HashReservation) => Promise<T>): Promise<T> {
    const reservation = this.reserve();
    try {
      return await work(reservation);
    } finally {
      reservation.release();
    }
  }

  private read(stored: string): ReadableHash | null {
    if (stored.length > MAX_STORED_LENGTH) return null;
    for (const format of this.formats) {
      const hash = format.read(stored);
      if (hash) return hash;
    }
    return null;
  }
}
