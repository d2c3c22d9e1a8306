/** What was made, by key. What has not been asked for the longest goes when there is too much. */
export class LastUsed<Key, Value> {
  private readonly most: number
  private readonly onGone: (value: Value) => void
  private readonly kept = new Map<Key, Value>()

  constructor(most: number, onGone: (value: Value) => void = () => undefined) {
    this.most = most
    this.onGone = onGone
  }

  get(key: Key, make: () => Value): Value {
    const value = this.kept.get(key) ?? make()
    this.kept.delete(key)
    this.kept.set(key, value)
    if (this.kept.size > this.most) this.dropOldest()
    return value
  }

  private dropOldest(): void {
    for (const [key, value] of this.kept) {
      this.kept.delete(key)
      return this.onGone(value)
    }
  }
}
