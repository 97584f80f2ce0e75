/**
 * What the test runners counted, and what could not be run.
 * @internal
 */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  readonly #reasons: string[] = [];

  add(counts: { passed?: number; failed?: number; skipped?: number }): void {
    this.passed += counts.passed ?? 0;
    this.failed += counts.failed ?? 0;
    this.skipped += counts.skipped ?? 0;
  }

  /** Tests that this machine cannot run: they are neither passed nor failed. */
  skip(count: number, reason: string): void {
    this.skipped += count;
    this.#reasons.push(`skipped: ${reason}`);
  }

  /** A step that broke outside of any test. */
  fail(reason: string): void {
    this.failed += 1;
    this.#reasons.push(`failed: ${reason}`);
  }

  /** The reasons, and as the last line the counts. */
  summary(): string {
    const counts = `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
    return [...this.#reasons, counts].join('\n');
  }
}
