import { MOST_IN_MIX } from '../plan/checkMix';
import { childOf, propertiesOf, type JsonNode } from './jsonc';
import { nameOfEntry, parseMixRequest, type MixEntry } from './mixEntries';

/** Hears of a mistake at a place. */
export type Report = (node: JsonNode, sentence: string) => void;

/** The mixes by their names; what is wrong is reported and left out. */
export function readMixes(node: JsonNode, report: Report): ReadonlyMap<string, readonly MixEntry[]> {
  if (node.type !== 'object') {
    report(node, '"mixes" must be an object in braces: { … }.');
    return new Map();
  }
  return new Map(
    propertiesOf(node).flatMap(([name, each]) => {
      const entries = readMix(`Mix "${name}"`, each, report);
      return entries ? [[name, entries] as const] : [];
    }),
  );
}

/** One list of requests with weights; undefined when nothing in it can be used. */
export function readMix(what: string, node: JsonNode, report: Report): readonly MixEntry[] | undefined {
  const children = node.children ?? [];
  if (node.type !== 'array' || children.length === 0) {
    report(node, `${what} must be a list of requests, like [{ "request": "GET /author/{id}", "weight": 3 }].`);
    return undefined;
  }
  if (children.length > MOST_IN_MIX) {
    report(node, `${what} has ${children.length} requests: at most ${MOST_IN_MIX} can be told apart.`);
    return undefined;
  }
  const entries: MixEntry[] = [];
  for (const child of children) {
    const entry = readEntry(what, child, report);
    if (!entry) continue;
    const name = nameOfEntry(entry);
    if (entries.some((each) => nameOfEntry(each) === name)) {
      report(child, `${what} has ${name} twice: name it once, with the weights added up.`);
    } else entries.push(entry);
  }
  return entries.length === 0 ? undefined : entries;
}

function readEntry(what: string, node: JsonNode, report: Report): MixEntry | undefined {
  if (node.type !== 'object') {
    report(node, `A request of ${what} must be an object, like { "request": "GET /author/{id}", "weight": 3 }.`);
    return undefined;
  }
  for (const property of node.children ?? []) {
    const key = property.children?.[0];
    if (!key || key.value === 'request' || key.value === 'weight') continue;
    report(key, `"${String(key.value)}" is not known in a mix; known are request, weight.`);
  }
  const request = childOf(node, 'request');
  const named = request?.type === 'string' ? parseMixRequest(String(request.value)) : undefined;
  if (!named) {
    report(
      request ?? node,
      `A request of ${what} needs a "request" like "GET /author/{id}", or "GET /author/{id} #name" for a named one.`,
    );
    return undefined;
  }
  const weight = childOf(node, 'weight');
  if (weight && !(weight.type === 'number' && Number(weight.value) > 0)) {
    report(weight, '"weight" must be a number above 0; only its proportion to the others counts.');
    return undefined;
  }
  return { ...named, weight: weight ? Number(weight.value) : 1 };
}
