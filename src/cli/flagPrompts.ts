import type { BenchmarkTarget, Prompts, Question } from '../session/benchmarkOrder';
import type { BenchOptions } from './benchOptions';
import { usageError } from './values';

/** On the command line a question is answered by a flag, or by having typed the method; `confirm` fails with `usage` where neither was. */
export function flagPrompts(options: BenchOptions, target: BenchmarkTarget): Prompts {
  const answer = (question: Question): boolean => {
    switch (question.kind) {
      case 'preview':
        // It is among the run's warnings; a 404 may be what is to be measured.
        return true;
      case 'host':
        if (options.allowHosts.includes(question.host)) return true;
        throw usageError(
          `${question.sentence.replace(/ Send load.*$/, '')} If that is what you want, add --allow-host ${question.host}.`,
        );
      case 'writes':
        if ((target.kind === 'request' && options.importFrom === null) || options.allowWrites) return true;
        throw usageError(
          `${question.method} ${question.path} may change data with every request: add --allow-writes if that is what you want.`,
        );
    }
  };
  return {
    confirm: (question) =>
      new Promise((settle) => {
        settle(answer(question));
      }),
  };
}
