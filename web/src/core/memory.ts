/// The last result for each place, as long as what it was made of is the same.
export class Memory<T> {
  private readonly last = new Map<string, { readonly of: readonly unknown[]; readonly value: T }>();

  constructor(private readonly size: number) {}

  recall(name: string, of: readonly unknown[], compute: () => T): T {
    const known = this.last.get(name);
    if (known?.of.every((it, index) => it === of[index])) {
      return known.value;
    }
    const value = compute();
    this.last.delete(name);
    this.last.set(name, { of, value });
    for (const oldest of this.last.keys()) {
      if (this.last.size <= this.size) {
        break;
      }
      this.last.delete(oldest);
    }
    return value;
  }
}
