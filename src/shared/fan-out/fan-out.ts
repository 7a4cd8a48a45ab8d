/**
 * Tells the other nodes that there is something new to read, sooner than they would look by themselves. It carries no data and may lose a message: what
 * counts is in the database, which every node reads anyway.
 */
export abstract class FanOut {
  /** Never fails and never waits. */
  abstract announce(topic: string): void;
  /** Hears of the announcements of other nodes. */
  abstract subscribe(topic: string, listener: () => void): void;
  abstract close(): void;
}

/** Nothing but the database between the nodes, or one node. */
export class NoFanOut extends FanOut {
  override announce(): void {
    return;
  }

  override subscribe(): void {
    return;
  }

  override close(): void {
    return;
  }
}
