import { EMPTY_PATH, type PathPiece, type Place } from '../../graph';
import { settle, str, truth, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { pathOf } from '../arguments';
import { parseColonPath } from './colonPath';
import { joinExpress } from './expressPath';
import { entryOf } from './handlers';
import type { ModelHost } from '../model';

const SCRIPT = /^(?!.*\.d\.[cm]?ts$).*\.(?:[cm]?[jt]s)$/;
const INDEX = /^index(?:\.ts|\.js|\.cjs|\.mjs|\.cts|\.mts)$/;
const TEST = /\.(?:test|spec)\.[cm]?[jt]s$/;

export interface Autoloading {
  readonly host: ModelHost;
  /** Makes an instance below the one that loads. */
  readonly create: (prefix: PathPiece, place: Place) => ObjectValue;
  readonly runPlugin: (instance: ObjectValue, plugin: Value, options: Value, site: CallSite, host: ModelHost) => void;
}

/**
 * What @fastify/autoload does: every script in `dir` and below is a plugin whose prefix is the way of folders to it; where
 * there is an index only that one. A plugin's own `autoPrefix` stands in place of its folders, its `prefixOverride` in place of
 * every prefix.
 */
export function loadFolder(parent: ObjectValue, options: Value, site: CallSite, loading: Autoloading): void {
  const dir = entryOf(options, 'dir');
  if (dir?.t !== 'str') return;
  const root = normalise(dir.text);
  const { host } = loading;
  const files = host.filesNamed(
    new RegExp(`^${root === '' ? '' : `${root.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}/`}`),
  );
  const given = entryOf(options, 'options');
  const base = entryOf(given, 'prefix');
  const useFolders = !isFalse(entryOf(options, 'dirNameRoutePrefix'));
  const useParams = isTrue(entryOf(options, 'routeParams'));
  const limit = entryOf(options, 'maxDepth');
  const maxDepth = limit?.t === 'const' && typeof limit.value === 'number' ? limit.value : Infinity;
  const isIgnored = filterOf([entryOf(options, 'ignorePattern'), entryOf(options, 'ignoreFilter')], false, site, host);
  const isMatched = filterOf([entryOf(options, 'matchFilter')], true, site, host);
  const [isIndex = INDEX] = patternOf(entryOf(options, 'indexPattern'));
  const [isScript = SCRIPT] = patternOf(entryOf(options, 'scriptPattern'));
  const folders = new Set(files.map((file) => file.slice(0, Math.max(0, file.lastIndexOf('/')))));
  const hasIndex = new Set(
    [...folders].filter((folder) => host.files.filesIn(folder).some((file) => isIndex.test(nameOf(file)))),
  );
  for (const file of files) {
    const inner = file.slice(root === '' ? 0 : root.length + 1);
    const names = inner.split('/');
    const name = names.pop() ?? '';
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    if (
      !SCRIPT.test(name) ||
      !isScript.test(name) ||
      TEST.test(name) ||
      /^\.?autohooks\./.test(name) ||
      names.length > maxDepth
    )
      continue;
    if (hasIndex.has(folder) && !isIndex.test(name)) continue;
    if (names.includes('node_modules') || isIgnored(`/${inner}`) || isIgnored(name) || !isMatched(`/${inner}`))
      continue;
    const way = useFolders ? names.map((one) => `/${useParams ? parameterName(one) : one}`).join('') : '';
    loadOne(parent, file, { way, base, given: given ?? options }, site, loading);
  }
}

interface Placement {
  readonly way: string;
  readonly base: Value | undefined;
  readonly given: Value;
}

function loadOne(parent: ObjectValue, file: string, placement: Placement, site: CallSite, loading: Autoloading): void {
  const { host } = loading;
  const plugin = host.load(file, site.place.file);
  if (!plugin || isFalse(exportedOf(plugin, file, 'autoload', host))) return;
  const override = exportedOf(plugin, file, 'prefixOverride', host);
  const auto = exportedOf(plugin, file, 'autoPrefix', host);
  const base = placement.base && override?.t !== 'str' ? pathOf(placement.base, parse) : EMPTY_PATH;
  const piece = pathOf(override?.t === 'str' ? override : auto?.t === 'str' ? auto : str(placement.way), parse);
  const prefix: PathPiece = {
    template: joinExpress(base.template, piece.template),
    parameters: [...base.parameters, ...piece.parameters],
    notes: [...base.notes, ...piece.notes],
  };
  const isShared =
    host.objectOf(settle(plugin).t === 'module' ? host.member(plugin, 'default') : plugin)?.type === 'plugin';
  const instance = isShared ? parent : loading.create(prefix, site.place);
  loading.runPlugin(instance, plugin, placement.given, site, host);
}

/** A named export, or a property that CommonJS code sets on the exported function. */
function exportedOf(plugin: Value, file: string, name: string, host: ModelHost): Value | undefined {
  const settled = settle(plugin);
  const found = settled.t === 'dict' ? settled.entries.get(name) : host.exported(file, name);
  return found && settle(found);
}

/** `_id` is a parameter; `__a_b` two. */
function parameterName(folder: string): string {
  if (folder.startsWith('__'))
    return folder
      .slice(2)
      .split('_')
      .map((one) => `:${one}`)
      .join('-');
  return folder.startsWith('_') ? `:${folder.slice(1)}` : folder;
}

function parse(text: string): Omit<PathPiece, 'notes'> {
  return parseColonPath(text, { brackets: '()', star: '*', doubledColon: true });
}

function patternOf(value: Value | undefined): RegExp[] {
  try {
    if (value?.t === 'regex') return [new RegExp(value.source, value.flags.replace(/[gy]/g, ''))];
    if (value?.t === 'str') return [new RegExp(value.text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))];
  } catch {
    // A pattern of another dialect ignores nothing.
  }
  return [];
}

/** What a pattern, a text or a function says of a path; `otherwise` without one, and where the code does not tell. */
function filterOf(
  values: readonly (Value | undefined)[],
  otherwise: boolean,
  site: CallSite,
  host: ModelHost,
): (path: string) => boolean {
  const patterns = values.flatMap(patternOf);
  const functions = values.flatMap((value) => (value?.t === 'func' ? [value] : []));
  if (patterns.length === 0 && functions.length === 0) return () => otherwise;
  return (path) => {
    const answers = functions.map((one) => truth(host.call(one, [str(path)], site)) ?? otherwise);
    return answers.includes(true) || patterns.some((pattern) => pattern.test(path));
  };
}

function isFalse(value: Value | undefined): boolean {
  return value?.t === 'const' && value.value === false;
}

function isTrue(value: Value | undefined): boolean {
  return value?.t === 'const' && value.value === true;
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** A path of the workspace without leading slash and dots. */
function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
