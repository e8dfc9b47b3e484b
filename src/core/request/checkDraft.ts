import { describeError } from '../../util/errors';
import type { Endpoint, Parameter } from '../model/endpoint';
import type { LoginRequest } from '../model/login';
import type { DraftAuth, DraftFault, RequestDraft } from '../model/requestDraft';
import { looksLikeFeed } from './feedSpec';
import { replaceSlots } from './feedTemplate';
import { validateHeaders } from './headers';
import { jsonMistake } from './jsonc';
import { valuesOfDraft } from './requestDraft';
import { hideSecretValues } from './secrets';
import { checkTypedFeeds, takeFeeds } from './typedFeeds';

type Pair = readonly [name: string, value: string];
type DraftEndpoint = Pick<Endpoint, 'path' | 'parameters'>;

const REFERENCE = /^(?:secret|env):[A-Za-z_][\w.-]*$/;
/** A longer one is more likely the secret itself. */
const LONGEST_NAME = 40;
const BY_TYPE: Readonly<Partial<Record<Parameter['type'], readonly [pattern: RegExp, words: string]>>> = {
  integer: [/^-?\d+$/, 'a whole number'],
  number: [/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i, 'a number'],
  boolean: [/^(?:true|false|0|1|yes|no|on|off)$/i, 'true or false'],
  uuid: [/^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i, 'a UUID'],
  date: [/^\d{4}-\d\d-\d\d/, 'a date like 2024-01-31'],
};

/** Everything that is wrong with a draft, field by field; empty when it can be sent as it stands. */
export function checkDraft(
  endpoint: DraftEndpoint,
  draft: RequestDraft,
  logins: ReadonlyMap<string, LoginRequest>,
): readonly DraftFault[] {
  const faults = [
    ...endpoint.parameters.flatMap((each) => checkParameter(each, draft)),
    ...draft.query.flatMap((pair, at) => checkPair('query', pair, `query[${at}]`)),
    ...draft.headers.flatMap((pair, at) => checkPair('headers', pair, `headers[${at}]`)),
    ...checkAuth(draft.auth, logins),
    ...checkBody(draft),
  ];
  if (faults.some(({ blocks }) => blocks)) return faults;
  try {
    // What only the whole can show: two feeds of one name.
    valuesOfDraft(endpoint, draft, logins);
    return faults;
  } catch (error) {
    return [...faults, fault('body', describeError(error))];
  }
}

/** A sentence why a text cannot be the value of a path parameter, or undefined. */
export function pathMistake(
  parameter: Pick<Parameter, 'name' | 'type' | 'catchAll'>,
  text: string,
): string | undefined {
  const mistake = feedMistake(text, true);
  if (mistake !== undefined || isOpen(text)) return mistake;
  if (text === '' && !parameter.catchAll) return `A value for ${parameter.name} is needed.`;
  if (text === '.' || text === '..') return `“${text}” would ask for another path.`;
  if (parameter.type === 'integer' && !/^-?\d+$/.test(text)) return 'The code asks for a whole number here.';
  return undefined;
}

/** A sentence why a text cannot be read as the feeds that are in it, or undefined. */
export function feedMistake(text: string, isWhole: boolean): string | undefined {
  return mistakeOf(() => checkTypedFeeds(text, isWhole));
}

function checkParameter(parameter: Parameter, { path, query }: RequestDraft): readonly DraftFault[] {
  const { name } = parameter;
  if (parameter.in === 'path') {
    const text = Object.hasOwn(path, name) ? (path[name] ?? '') : '';
    const mistake = pathMistake(parameter, text);
    return mistake === undefined ? thought(`path.${name}`, parameter, text) : [fault(`path.${name}`, mistake)];
  }
  const at = query.findIndex(([each]) => each === name);
  const [, text] = query[at] ?? [];
  if (text !== undefined) return thought(`query[${at}]`, parameter, text);
  if (!parameter.required) return [];
  const sentence = `The code asks for ${name}: without it the server will probably refuse the request.`;
  return [{ field: `query.${name}`, sentence, blocks: false }];
}

/** A value of another type than the code's is worth measuring now and then: what a refusal costs. */
function thought(field: string, { type, enumValues }: Parameter, text: string): readonly DraftFault[] {
  if (text === '' || isOpen(text)) return [];
  const [pattern, words] = BY_TYPE[type] ?? [];
  if (pattern && words !== undefined && !pattern.test(text)) {
    return [{ field, sentence: `The code asks for ${words} here.`, blocks: false }];
  }
  if (enumValues && !enumValues.includes(text)) {
    return [{ field, sentence: `The code knows ${enumValues.join(', ')}.`, blocks: false }];
  }
  return [];
}

function checkPair(place: 'query' | 'headers', pair: Pair, field: string): readonly DraftFault[] {
  const [name, value] = pair;
  if (name.trim() === '') return [fault(field, `A ${place === 'query' ? 'parameter' : 'header'} needs a name.`)];
  const mistake =
    feedMistake(value, true) ?? (place === 'headers' ? mistakeOf(() => validateHeaders([pair])) : undefined);
  if (mistake !== undefined) return [fault(field, mistake)];
  return isPlainSecret(place, pair)
    ? [fault(field, `${name} is a secret: choose it under “Who asks”, or write a reference like \${secret:token}.`)]
    : [];
}

function isPlainSecret(place: 'query' | 'headers', pair: Pair): boolean {
  const nothing = { method: 'GET', path: {}, query: [], headers: [], body: null } as const;
  const taken = takeFeeds({ path: '' }, { ...nothing, [place]: [pair] });
  return hideSecretValues(taken, new Map()).hidden.size > 0;
}

function checkAuth(auth: DraftAuth, logins: ReadonlyMap<string, LoginRequest>): readonly DraftFault[] {
  if (auth.kind === 'none') return [];
  if (auth.kind === 'login') {
    if (logins.has(auth.login)) return [];
    return [fault('auth.login', 'Choose a login, or describe a new one.')];
  }
  const faults: DraftFault[] = [];
  if ('name' in auth && !/^[\w.-]+$/.test(auth.name)) {
    faults.push(fault('auth.name', 'Use letters, digits, “-” and “_”.'));
  }
  const name = auth.reference.replace(/^\w+:/, '');
  if (name === '') faults.push(fault('auth.reference', 'Say how the secret is called, and store its value.'));
  else if (name.length > LONGEST_NAME) {
    faults.push(fault('auth.reference', 'This looks like the secret itself: give it a name here and store its value.'));
  } else if (!REFERENCE.test(auth.reference)) {
    faults.push(
      fault('auth.reference', 'A name of letters, digits, “-” and “_”: the value itself is never typed here.'),
    );
  }
  return faults;
}

function checkBody({ method, body, headers }: RequestDraft): readonly DraftFault[] {
  if (body === '') return [];
  if (method === 'TRACE' || method === 'CONNECT') return [fault('body', `A ${method} request cannot carry a body.`)];
  const mistake = feedMistake(body, false);
  if (mistake !== undefined) return [fault('body', mistake)];
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const isMeantAsJson = type === undefined ? /^\s*[[{]/.test(body) : /json/i.test(type);
  if (!isMeantAsJson) return [];
  const nothing = { method, path: {}, query: [], headers: [] };
  const { body: taken, feeds = [] } = takeFeeds({ path: '' }, { ...nothing, body: { text: body } });
  const names = feeds.map((each) => each.name);
  const text = taken && 'text' in taken ? replaceSlots(taken.text, names, '0') : body;
  const wrong = jsonMistake(text);
  return wrong === undefined ? [] : [fault('body', wrong)];
}

/** What is fed, comes from somebody else's template or is a reference can be of any type. */
function isOpen(text: string): boolean {
  return looksLikeFeed(text) || text.includes('{{') || text.includes('${');
}

function mistakeOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}

function fault(field: string, sentence: string): DraftFault {
  return { field, sentence, blocks: true };
}
