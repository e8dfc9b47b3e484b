import type { AnswerFacts } from '../model/answers';
import type { LatencySummary, Run } from '../model/run';
import { formatBytes, formatCount, formatLatency } from './format';

/** What a terminal shows of the parts of a request's time, of the answers and of the values that were fed. */
export function answerLines({ summary, answers, feeds }: Run): readonly string[] {
  const lines: string[] = [];
  if (summary.ttfbMs && summary.requests > 0) lines.push(`  First byte  ${quantiles(summary.ttfbMs)}`);
  if (summary.connectMs && summary.connectionsOpened > 0) lines.push(`  Connect     ${quantiles(summary.connectMs)}`);
  if (answers && summary.requests > 0) {
    lines.push(`  Bodies      ${describeBodies(answers)}`);
  }
  for (const { name, source, count, order } of feeds ?? []) {
    const values = count === null ? 'random values' : `${formatCount(count)} value${count === 1 ? '' : 's'}`;
    const how = count !== null && order === 'random' ? ', in random order' : '';
    lines.push(`  Feed        ${name}: ${values} from ${source}${how}`);
  }
  return lines;
}

/** Example: `13 B each, text/plain`. */
export function describeBodies({ bodyBytes, contentTypes }: AnswerFacts): string {
  const { min, median, max, distinct } = bodyBytes;
  const size =
    distinct === 1
      ? `${formatBytes(median)} each`
      : `${formatBytes(min)} to ${formatBytes(max)}, half of them up to ${formatBytes(median)}`;
  const [type] = contentTypes;
  return `${size}${type ? `, ${type.replace(/\p{Cc}/gu, ' ')}` : ''}`;
}

function quantiles({ p50, p99, max }: LatencySummary): string {
  return `p50 ${formatLatency(p50)}  p99 ${formatLatency(p99)}  max ${formatLatency(max)}`;
}
