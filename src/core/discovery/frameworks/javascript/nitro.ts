import type { EndpointMethod } from '../../../model/endpoint';
import type { FrameworkModel, ModelHost } from '../model';
import { lastName, methodNamed } from '../arguments';
import { joinExpress } from './expressPath';
import { addExport, baseFromConfig, bracketSegment, pathOfSegments, type Base } from './fileRoutes';
import { argsOf, entryOf } from './handlers';

const CONFIGS = [
  'nuxt.config.ts',
  'nuxt.config.js',
  'nuxt.config.mjs',
  'nitro.config.ts',
  'nitro.config.js',
  'nitro.config.mjs',
];
const WRAPPERS = [
  'defineEventHandler',
  'eventHandler',
  'defineCachedEventHandler',
  'cachedEventHandler',
  'defineHandler',
];
const MORE_WRAPPERS = ['lazyEventHandler', 'defineLazyEventHandler', 'defineAuthenticatedEventHandler'];
const HANDLER = /EventHandler\b|\beventHandler\b|\bdefineHandler\b/;
const FILE = /(?:^|\/)(?:server\/)?(?:api|routes)\/.+\.[cm]?[jt]s$/;
const VERB = /\.(connect|delete|get|head|options|patch|post|put|trace)$/;

/** Nuxt and Nitro: event handlers in `server/api` and `server/routes`, by the place and the ending of the file. */
export const nitro: FrameworkModel = {
  id: 'nitro',
  languages: ['javascript'],
  packages: ['h3', 'nitropack', 'nitro', 'nitropack/runtime', 'nitro/h3', '#imports', ...WRAPPERS, ...MORE_WRAPPERS],
  prefilter: HANDLER,
  configFiles: /(?:^|\/)(?:nuxt|nitro)\.config\.[cm]?[jt]s$/,
  registrars: [],
  join: joinExpress,

  /** The handler is what is wrapped, or the `handler` of an object. */
  callSymbol(symbol, site) {
    const name = lastName(symbol);
    if (!WRAPPERS.includes(name) && !MORE_WRAPPERS.includes(name)) return undefined;
    const [first] = argsOf(site);
    return entryOf(first, 'handler') ?? first;
  },

  finish(host, files) {
    for (const file of files) {
      if (FILE.test(file) && HANDLER.test(host.files.text(file) ?? '')) addFile(file, host);
    }
  },
};

function addFile(file: string, host: ModelHost): void {
  const parts = file.replace(/\.[cm]?[jt]s$/, '').split('/');
  const server = parts.findIndex((part, at) => part === 'server' && /^(?:api|routes)$/.test(parts[at + 1] ?? ''));
  const own = parts.findIndex((part) => part === 'api' || part === 'routes');
  const at = server >= 0 ? server + 1 : own;
  const root = parts.slice(0, server >= 0 ? server : own).join('/');
  // Without a folder `server` only a project of Nitro itself has such folders.
  if (server < 0 && !CONFIGS.some((name) => host.files.has(root === '' ? name : `${root}/${name}`))) return;
  const inner = parts.slice(at + 1);
  const name = (inner.pop() ?? '').replace(/\.(?:dev|prod|prerender)$/, '');
  const verb = VERB.exec(name)?.[1];
  const method = verb === undefined ? undefined : methodNamed(verb);
  const last = name.replace(VERB, '');
  const segments = [...(parts[at] === 'api' ? ['api'] : []), ...inner, ...(last === 'index' ? [] : [last])];
  const path = pathOfSegments(segments, (segment) =>
    /^\([^)]*\)$/.test(segment) ? undefined : bracketSegment(segment),
  );
  const methods: readonly EndpointMethod[] | 'tested' = method ? [method] : 'tested';
  addExport(nitro, { file, root, base: baseOf(root, host), path }, 'default', methods, host);
}

function baseOf(root: string, host: ModelHost): Base {
  const known = host.state('nitro', () => new Map<string, Base>());
  let base = known.get(root);
  if (!base) known.set(root, (base = configuredBase(root, host)));
  return base;
}

/** Nuxt says it of its application, Nitro of itself. */
function configuredBase(root: string, host: ModelHost): Base {
  const own = baseFromConfig(root, CONFIGS, 'app.baseURL', host);
  return own.place.file === '' ? baseFromConfig(root, CONFIGS, 'baseURL', host) : own;
}
