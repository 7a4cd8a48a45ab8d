interface Queued<T> {
  readonly key: string;
  readonly expiresAt: number;
  readonly item: T;
}

/** A binary heap with what expires soonest at its root. */
export class ExpiryQueue<T> {
  private heap: Queued<T>[] = [];

  get size(): number {
    return this.heap.length;
  }

  peek(): Queued<T> | undefined {
    return this.heap[0];
  }

  push(key: string, expiresAt: number, item: T): void {
    this.heap.push({ key, expiresAt, item });
    this.rise(this.heap.length - 1);
  }

  pop(): Queued<T> | undefined {
    const root = this.heap[0];
    const last = this.heap.pop();
    if (last && this.heap.length > 0) {
      this.heap[0] = last;
      this.sink(0);
    }
    return root;
  }

  /** Drops what the condition does not hold for. */
  keep(condition: (item: T, key: string) => boolean): void {
    // A sorted array is a heap.
    this.heap = this.heap
      .filter(({ item, key }) => condition(item, key))
      .sort((a, b) => a.expiresAt - b.expiresAt);
  }

  private rise(index: number): void {
    for (let child = index; child > 0;) {
      const parent = (child - 1) >> 1;
      if (this.time(parent) <= this.time(child)) return;
      this.swap(parent, child);
      child = parent;
    }
  }

  private sink(index: number): void {
    for (let parent = index; ;) {
      const left = 2 * parent + 1;
      const child = this.time(left + 1) < this.time(left) ? left + 1 : left;
      if (this.time(parent) <= this.time(child)) return;
      this.swap(parent, child);
      parent = child;
    }
  }

  private time(index: number): number {
    return this.heap[index]?.expiresAt ?? Number.POSITIVE_INFINITY;
  }

  private swap(a: number, b: number): void {
    const [first, second] = [this.heap[a], this.heap[b]];
    if (first && second) [this.heap[a], this.heap[b]] = [second, first];
  }
}
