/** Items by the moment at which they are to be looked at again; a binary heap. */
export class WakeList<Item> {
  readonly #heap: { readonly at: number; readonly item: Item }[] = [];

  add(at: number, item: Item): void {
    if (at === Infinity) return;
    const heap = this.#heap;
    let place = heap.push({ at, item }) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (this.#atOf(above) <= at) break;
      this.#swap(place, above);
      place = above;
    }
  }

  /** The earliest item that is due, once; undefined when none is. */
  takeDue(now: number): Item | undefined {
    const [first] = this.#heap;
    if (!first || first.at > now) return undefined;
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first.item;
  }

  #sink(): void {
    for (let place = 0; ;) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      const earlier = this.#atOf(right) < this.#atOf(left) ? right : left;
      if (this.#atOf(earlier) >= this.#atOf(place)) return;
      this.#swap(place, earlier);
      place = earlier;
    }
  }

  #atOf(place: number): number {
    return this.#heap[place]?.at ?? Infinity;
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (!a || !b) return;
    [this.#heap[one], this.#heap[other]] = [b, a];
  }
}
