import {
  applyEdits,
  findNodeAtLocation,
  getNodePath,
  modify,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { describeError } from '../../util/errors';

/** A value or a property in the text of a JSON file; `offset` and `length` are in UTF-16 units. */
export interface JsonNode {
  readonly type: 'object' | 'array' | 'property' | 'string' | 'number' | 'boolean' | 'null';
  readonly value?: unknown;
  readonly offset: number;
  readonly length: number;
  readonly parent?: JsonNode;
  readonly children?: readonly JsonNode[];
}

/** Where a text is not JSON, with a sentence that says what was expected. */
export interface JsonError {
  readonly offset: number;
  readonly length: number;
  readonly sentence: string;
}

/** Reads JSON with comments and trailing commas as far as it goes; `root` is undefined where there is no value at all. */
export function parseJsonTree(text: string): {
  readonly root: JsonNode | undefined;
  readonly errors: readonly JsonError[];
} {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    return { root, errors: errors.map(describe) };
  } catch (error) {
    // Brackets nested deeper than the parser's stack.
    const sentence = `The file cannot be read: ${describeError(error)}`;
    return { root: undefined, errors: [{ offset: 0, length: 1, sentence }] };
  }
}

/**
 * The value of a JSON text with comments and trailing commas, as far as it can be read; undefined for a text without any.
 *
 * Example: `{ "a": [1, 2,], // two` → `{ a: [1, 2] }`.
 */
export function parseJsonc(text: string): unknown {
  const { root } = parseJsonTree(text);
  return root && valueOf(root);
}

/**
 * A text of JSON with a value under a path of keys, made where they are missing; comments and everything else stay.
 *
 * Example: `{ "a": 1 /* one *\/ }`, path `b`, `c`, value 2 → `{ "a": 1 /* one *\/, "b": { "c": 2 } }` on lines of their own
 */
export function editJson(text: string, path: readonly string[], value: unknown): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

/**
 * Where a text is not the strict JSON that servers read, in a sentence with line and column; undefined when it is.
 *
 * Example: `{"a": 1,}` → `This is not valid JSON in line 1, column 9: property name expected.`
 */
export function jsonMistake(text: string): string | undefined {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, { disallowComments: true });
  } catch {
    return 'This is nested too deeply to be read.';
  }
  const [first] = errors;
  if (!first) return undefined;
  const before = text.slice(0, first.offset);
  const line = before.split('\n').length;
  const column = first.offset - before.lastIndexOf('\n');
  return `This is not valid JSON in line ${line}, column ${column}: ${wordsOf(first)}.`;
}

/** The value of an object under a key. */
export function childOf(node: JsonNode, key: string): JsonNode | undefined {
  return findNodeAtLocation(node as Node, [key]);
}

/** The keys that lead to a node, with dots between: `servers.dev`; empty for the root. */
export function pathOf(node: JsonNode): string {
  return getNodePath(node as Node).join('.');
}

/** The keys of an object with their values, in the order of the text. */
export function propertiesOf(node: JsonNode): (readonly [key: string, value: JsonNode])[] {
  return (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key && value ? [[String(key.value), value] as const] : [];
  });
}

/** What a node stands for; fromEntries defines own properties, so that a key "__proto__" stays a key. */
export function valueOf(node: JsonNode): unknown {
  if (node.type === 'array') return (node.children ?? []).map(valueOf);
  if (node.type === 'object')
    return Object.fromEntries(propertiesOf(node).map(([key, value]) => [key, valueOf(value)]));
  return node.value;
}

function describe(found: ParseError): JsonError {
  const { offset, length } = found;
  return { offset, length, sentence: `This is not valid JSON here: ${wordsOf(found)}.` };
}

/** Example: `CommaExpected` → `comma expected` */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
