import type { Endpoint } from '../../core/model/endpoint';

/** The part of VS Code's `l10n` that is needed. */
interface Translator {
  t(message: string, ...args: (string | number)[]): string;
}

/**
 * What is known of an endpoint, a sentence a line: itself, its handler, every mount that its prefix comes from (outermost
 * first), and notes on what is not known. Plain text: names and paths come from source code that may be anybody's.
 */
export function describeEndpoint(endpoint: Endpoint, l10n: Translator): readonly string[] {
  const { method, path, handler, file, line, framework, prefixes, notes } = endpoint;
  return [
    `${method} ${path}`,
    l10n.t('{0} in {1}, line {2} ({3})', handler, file, line, framework),
    ...prefixes.map((step) => l10n.t('mounted at {0} in {1}, line {2}', step.prefix, step.file, step.line)),
    ...notes,
  ];
}
