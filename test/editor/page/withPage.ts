import assert from 'node:assert/strict';
import type { PageState } from '../../../src/protocol/page';
import type { Harness, OpenOptions, OpenPage } from './harness';

/**
 * What the security policy refuses on every load, both from the toolkit's foundation: a probe whether `:focus-visible` is
 * known, made with a style element (refused, it draws focus rings on clicks too), and the `style` attribute in the template
 * of a progress ring with a value (the page's ring has none). Nothing visible is lost.
 */
const KNOWN_VIOLATIONS = ['style-src-attr', 'style-src-elem'];
const KNOWN_ERROR = /^Applying inline style violates/;

/** Opens the page in a state, uses it, and holds that it reported nothing unexpected. */
export async function withPageOf(
  harness: Harness,
  state: PageState,
  options: OpenOptions,
  use: (open: OpenPage) => Promise<void>,
): Promise<void> {
  const open = await harness.open(state, options);
  try {
    await use(open);
    assert.deepEqual(
      open.errors.filter((error) => !KNOWN_ERROR.test(error)),
      [],
    );
    const { violations } = await open.seen();
    assert.deepEqual(violations.map(({ directive }) => directive).sort(), KNOWN_VIOLATIONS);
  } finally {
    await open.page.context().close();
  }
}
