import { formatCount } from '../../src/core/report/format';
import { signedPercentText } from '../../src/core/compare/words';
import type { LiveSession } from '../../src/core/compare/liveSession';
import { createBlocks } from '../charts/blocks';
import { drawInterval } from '../charts/interval';
import { el, show, type View } from './dom';
import { progressRing } from './toolkit';

/** Two versions while they are measured side by side: the step, both paces, a dot for each block and the band so far. */
export function createComparing(): View<LiveSession | null> {
  const sentence = el('p', {});
  const rest = el('p', { class: 'dim' });
  const before = paceTile();
  const after = paceTile();
  const soFar = el('p', { class: 'note' });
  const looked = el('p', { class: 'note' });
  const picture = el('div', { class: 'verdict-picture', role: 'img' });
  const band = el('div', { class: 'comparing-band' }, el('div', {}, soFar, looked), picture);
  const tiles = el(
    'div',
    { class: 'tiles', role: 'list', 'aria-label': 'Both sides now' },
    before.element,
    after.element,
  );
  const blocks = createBlocks();
  const parts = [
    el('div', { class: 'progress' }, progressRing(), el('div', {}, sentence, rest)),
    tiles,
    band,
    blocks.element,
  ];
  const element = el('section', { class: 'comparing', 'aria-label': 'Side by side' });

  return {
    element,
    update: (live) => {
      show(element, live !== null);
      if (!live) {
        element.replaceChildren();
        return;
      }
      if (!element.firstChild) element.append(...parts);
      const { labels, rps, rounds, margin, look } = live;
      sentence.textContent = `${live.sentence} · ${labels.after} against ${labels.before}`;
      rest.textContent = placeOf(live);
      before.update(labels.before, rps?.before ?? 0);
      after.update(labels.after, rps?.after ?? 0);
      const last = rounds.at(-1);
      // The band of a launch is without bounds at first; until then the last whole look is what is known.
      const drawn = last?.low == null && look ? look : last;
      show(band, last !== undefined);
      show(picture, drawn?.low != null);
      if (last && drawn) {
        const range =
          last.low === null || last.high === null
            ? 'its band appears after a few more blocks'
            : `band ${signedPercentText(last.low - 1)} to ${signedPercentText(last.high - 1)}`;
        soFar.textContent = `This launch so far: ${signedPercentText(last.ratio - 1)}, ${range}. It may be watched, but decides nothing.`;
        picture.replaceChildren(drawInterval(drawn, margin));
        picture.setAttribute('aria-label', drawn === last ? soFar.textContent : 'Interval of the last whole look.');
      }
      looked.textContent = look === null ? '' : `After the last whole round: ${look.headline}.`;
      blocks.update(live);
    },
  };
}

function placeOf({ round, plannedRounds, secondsLeft }: LiveSession): string {
  const rounds = plannedRounds === 1 ? 'quick look, one launch of each' : `round ${round} of at most ${plannedRounds}`;
  if (secondsLeft === null) return rounds;
  if (plannedRounds === 1) return `${rounds} · about ${Math.ceil(secondsLeft)} s left`;
  return `${rounds} · at most ${Math.ceil(secondsLeft)} s left, less when it is decided`;
}

function paceTile(): { readonly element: HTMLElement; update(label: string, rps: number): void } {
  const name = el('div', { class: 'tile-label' });
  const value = el('div', { class: 'tile-value' });
  const element = el(
    'div',
    { class: 'tile', role: 'listitem' },
    name,
    value,
    el('div', { class: 'tile-note' }, 'requests / s now'),
  );
  return {
    element,
    update: (label, rps) => {
      name.textContent = label;
      value.textContent = rps > 0 ? formatCount(rps) : '—';
    },
  };
}
