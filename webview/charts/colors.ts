import { toDisposable, type Disposable } from '../../src/util/disposable';
import { el } from '../components/dom';

/** What a chart paints with; each is a class `ink-…` in the style sheet. */
export type Ink = 'rate' | 'tail' | 'median' | 'fault' | 'before' | 'text' | 'grid' | 'shade';

/** The theme's colours as a canvas understands them. */
export interface Colors {
  get(ink: Ink): string;
  readonly fontFamily: string;
  onChange(listener: () => void): Disposable;
}

/**
 * Reads colours from the style sheet through a hidden element, since a canvas cannot use variables, and again whenever
 * the editor changes the theme (it swaps classes and variables on `body` and `html`) or the system forces colours.
 */
export function readColors(probeParent: HTMLElement): Colors {
  const probe = el('span', { 'aria-hidden': 'true', class: 'ink-text' });
  probe.hidden = true;
  probeParent.append(probe);
  const known = new Map<Ink, string>();
  const listeners = new Set<() => void>();
  const forget = (): void => {
    known.clear();
    for (const listener of listeners) listener();
  };
  const observer = new MutationObserver(forget);
  for (const root of [document.body, document.documentElement]) {
    observer.observe(root, { attributes: true, attributeFilter: ['class', 'style'] });
  }
  window.matchMedia('(forced-colors: active)').addEventListener('change', forget);

  return {
    get: (ink) => {
      const color = known.get(ink) ?? measure(probe, ink);
      known.set(ink, color);
      return color;
    },
    get fontFamily() {
      return getComputedStyle(document.body).fontFamily;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return toDisposable(() => listeners.delete(listener));
    },
  };
}

function measure(probe: HTMLElement, ink: Ink): string {
  probe.className = `ink-${ink}`;
  return getComputedStyle(probe).color;
}
