import assert from 'node:assert/strict';

const LOOK_EVERY_MS = 20;

/** Waits until something holds. `withinMs` is no promise of speed: after it the test fails with `what` never came. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!(await holds())) {
    assert.ok(performance.now() < endMs, `Not within ${withinMs} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
