import type { DiscoveryProblem, Endpoint } from '../model/endpoint';
import type { TracedCall } from './evaluate/machine';
import { nameOf, settle, type Value } from './evaluate/values';

/** Why a line is a route, or why it is none. */
export interface Explanation {
  readonly file: string;
  readonly line: number;
  readonly verdict: 'route' | 'no-route' | 'not-followed';
  /** Endpoints whose handler or registration holds the line, test files included. */
  readonly endpoints: readonly Endpoint[];
  /** In the order in which a person would ask. */
  readonly sentences: readonly string[];
}

/** What is known of a line once everything has been followed. */
export interface LineFacts {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly endpoints: readonly Endpoint[];
  readonly problems: readonly DiscoveryProblem[];
  /** Undefined when no language of discovery owns the file. */
  readonly language: string | undefined;
  readonly isCandidate: boolean;
  readonly isFollowed: boolean;
  readonly frameworks: readonly string[];
  readonly calls: readonly TracedCall[];
}

/** Puts the facts of one line into sentences. Pure. */
export function explainLine(facts: LineFacts): Explanation {
  const { file, line, problems } = facts;
  const endpoints = facts.endpoints.filter((endpoint) => holds(endpoint, file, line));
  const trouble = problems.filter((problem) => problem.file === file).map(({ message }) => message);
  if (endpoints.length > 0) {
    return { file, line, verdict: 'route', endpoints, sentences: [...endpoints.flatMap(whyRoute), ...trouble] };
  }
  if (!facts.isFollowed) {
    return { file, line, verdict: 'not-followed', endpoints, sentences: [...trouble, whyNotFollowed(facts)] };
  }
  return { file, line, verdict: 'no-route', endpoints, sentences: [...whyNoRoute(facts), ...trouble] };
}

function holds(endpoint: Endpoint, file: string, line: number): boolean {
  if (endpoint.file !== file) return false;
  return (line >= endpoint.line && line <= endpoint.endLine) || isBetween(line, endpoint);
}

/** Decorators stand between the registration and the definition. */
function isBetween(line: number, { registrationLine, line: definition }: Endpoint): boolean {
  return line === registrationLine || (line >= registrationLine && line <= definition);
}

function whyRoute(endpoint: Endpoint): string[] {
  const { method, path, framework, handler, file, line, registrationLine, prefixes, notes } = endpoint;
  const place =
    registrationLine === line ? `${file}:${line}` : `${file}:${line}, registered in line ${registrationLine}`;
  const steps = prefixes.map((step) => `The prefix ${step.prefix} comes from ${step.file}:${step.line}.`);
  const isHidden = endpoint.isTest
    ? ['It is declared in a test file, so it is only listed with --include-tests (setting discovery.includeTests).']
    : [];
  return [`${method} ${path} is a ${framework} route: ${handler} at ${place}.`, ...steps, ...notes, ...isHidden];
}

function whyNotFollowed({ file, language, isCandidate, frameworks }: LineFacts): string {
  if (language === undefined) return `${file} is in no language that discovery reads.`;
  if (isCandidate) return `${file} could not be parsed, so none of its code was followed.`;
  return (
    `Nothing in ${file} hints at a framework that is known for ${language} (${frameworks.join(', ')}), ` +
    'and no file that was followed imports it; so it was not followed.'
  );
}

function whyNoRoute({ file, line, text, calls }: LineFacts): string[] {
  if (calls.length > 0) {
    return [...new Set(calls.map(describeCall))].map((call) => `Line ${line} ${call}, which registers no route.`);
  }
  if (!text.includes('(')) return [`Line ${line} of ${file} calls nothing, so it registers nothing.`];
  return [
    `Line ${line} of ${file} was not reached: it is in a function that nothing calls and that makes no registering call, ` +
      'or behind something that could not be followed.',
  ];
}

function describeCall({ callee, name }: TracedCall): string {
  return name === null ? `calls ${describeValue(callee)}` : `calls .${name}() on ${describeValue(callee)}`;
}

function describeValue(raw: Value): string {
  const value = settle(raw);
  switch (value.t) {
    case 'symbol':
      return `${value.path} of a library`;
    case 'object':
      return `a ${value.type} of ${value.model}`;
    case 'instance':
      return `an object of the class ${value.cls.cls.name} (${value.cls.cls.file}:${value.cls.cls.line})`;
    case 'class':
      return `the class ${value.cls.name} (${value.cls.file}:${value.cls.line})`;
    case 'func':
      return `the function ${value.fn.name || 'without a name'} (${value.fn.file}:${value.fn.line})`;
    case 'module':
      return `the module ${value.file}`;
    case 'dict':
      return 'a dictionary';
    case 'list':
      return 'a list';
    case 'str':
      return 'a text';
    case 'unknown':
      return value.name === '' ? 'something unknown' : `${value.name}, whose value could not be found`;
    default:
      return nameOf(value) || 'something unknown';
  }
}
