import { readYamlKeys, type ConfigEntry } from '../../config/yamlKeys';
import type { PathPiece, Place, RouterNode } from '../../graph';
import type { CallSite } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { phpHandler, typedByHandler } from './phpHandlers';
import { parseSymfonyPath } from './symfonyPath';

/** What stands for every class with route attributes, wherever it is. */
const ALL_CONTROLLERS = 'routing.controllers';

/** One named block of a routes file. */
interface Block {
  readonly file: string;
  readonly line: number;
  readonly values: ReadonlyMap<string, ConfigEntry>;
}

/** The prefix that `config/routes.yaml` puts before the controllers of a file, with its place. */
export function prefixesOf(host: ModelHost, file: string): { prefix: PathPiece; place: Place } | null {
  for (const block of blocksOf(host)) {
    const resource = block.values.get('resource')?.value ?? block.values.get('resource.path')?.value;
    const prefix = block.values.get('prefix');
    if (resource === undefined || !prefix || /\.(?:ya?ml|xml)$/.test(resource)) continue;
    if (resource !== ALL_CONTROLLERS && !covers(resourceFolder(resource, block.file), file)) continue;
    return {
      prefix: { ...parseSymfonyPath(slashed(prefix.value), new Map(), defaultsOf(block)), notes: [] },
      place: { file: block.file, line: prefix.line },
    };
  }
  return null;
}

/** Routes that a YAML file declares itself. */
export function addYamlRoutes(model: FrameworkModel, host: ModelHost): void {
  for (const block of blocksOf(host)) {
    const { file, line, values } = block;
    const path = values.get('path');
    if (!path) continue;
    const site: CallSite = { args: [], place: { file, line }, isNew: false };
    const router = host.router(model, 'yaml', { kind: 'app', site }).router as RouterNode;
    const requirements = new Map(
      [...values].flatMap(([key, entry]) =>
        key.startsWith('requirements.') ? [[key.slice(13), entry.value] as const] : [],
      ),
    );
    const controller = values.get('controller')?.value ?? values.get('defaults._controller')?.value ?? '';
    const { ref, func } = phpHandler({ t: 'str', text: controller, notes: [] }, site, host);
    const piece = parseSymfonyPath(slashed(path.value), requirements, defaultsOf(block));
    const names = [...values].flatMap(([key, entry]) => (/^methods(?:\[|$)/.test(key) ? entry.value.split('|') : []));
    const methods = names.flatMap((name) => methodNamed(name.trim()) ?? []);
    host.addRoute(router, {
      methods: methods.length > 0 ? methods : ['ANY'],
      path: { ...piece, parameters: typedByHandler(piece.parameters, func), notes: [] },
      handler: ref,
      registration: site.place,
    });
  }
}

/** The parameters that a block gives a default. */
function defaultsOf({ values }: Block): Set<string> {
  return new Set([...values.keys()].flatMap((key) => (key.startsWith('defaults.') ? [key.slice(9)] : [])));
}

function blocksOf(host: ModelHost): readonly Block[] {
  return host.state('symfony yaml', () => {
    const files = host.filesNamed(/(?:^|\/)config\/routes(?:\/[\w.-]+)?\.ya?ml$/);
    return files.flatMap((file) => readBlocks(file, host.files.text(file) ?? ''));
  });
}

function readBlocks(file: string, text: string): Block[] {
  const blocks = new Map<string, { line: number; values: Map<string, ConfigEntry> }>();
  for (const entry of readYamlKeys(text)) {
    const dot = entry.key.indexOf('.');
    if (dot < 0 || entry.key.startsWith('when@')) continue;
    const name = entry.key.slice(0, dot);
    const block = blocks.get(name) ?? { line: entry.line, values: new Map<string, ConfigEntry>() };
    block.values.set(entry.key.slice(dot + 1), entry);
    blocks.set(name, block);
  }
  return [...blocks.values()].map(({ line, values }) => ({ file, line, values }));
}

/** `../src/Controller/` beside the file that says so, as a path of the workspace. */
function resourceFolder(resource: string, fromFile: string): string {
  const parts = fromFile.split('/').slice(0, -1);
  for (const part of resource
    .replace(/\*.*$/, '')
    .replace(/^%kernel\.project_dir%/, '..')
    .split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function covers(folder: string, file: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

function slashed(path: string): string {
  return `/${path.replace(/^\/+|\/+$/g, '')}`.replace(/^\/$/, path === '/' ? '/' : '');
}
