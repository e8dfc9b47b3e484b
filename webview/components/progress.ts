import { formatCount, formatDuration, formatShare } from '../../src/core/report/format';
import type { LiveRun } from '../../src/core/plan/liveRun';
import type { Activity } from '../../src/protocol/page';
import { phaseLabel } from '../words';
import { el, show, type View } from './dom';
import { progressRing } from './toolkit';

/** What is going on right now, with a bar once it is known how much is left. */
export function createProgress(): View<Activity> {
  const sentence = el('span');
  const count = el('span', { class: 'dim' });
  const bar = el('progress', { max: '1', 'aria-label': 'Measured so far' });
  const element = el('div', { class: 'progress' }, progressRing(), el('div', {}, el('p', {}, sentence, count), bar));

  return {
    element,
    update: (activity) => {
      show(element, activity.kind === 'preparing' || activity.kind === 'running');
      if (activity.kind === 'preparing') {
        sentence.textContent = activity.sentence;
        count.textContent = '';
        show(bar, false);
      } else if (activity.kind === 'running') {
        const { live } = activity;
        sentence.textContent = `${phaseLabel(live.phase)} for ${formatDuration(live.elapsedMs)}`;
        count.textContent = counts(live);
        show(bar, live.progress !== null);
        if (live.progress !== null) bar.value = live.progress;
      }
    },
  };
}

function counts({ requests, failures, progress }: LiveRun): string {
  const share = progress === null ? [] : [formatShare(Math.round(progress * 100) / 100)];
  const errors = failures === 0 ? [] : [`${formatCount(failures)} ${failures === 1 ? 'error' : 'errors'}`];
  return ` · ${[...share, `${formatCount(requests)} answers`, ...errors].join(' · ')}`;
}
