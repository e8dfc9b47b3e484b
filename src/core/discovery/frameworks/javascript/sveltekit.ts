import { HTTP_METHODS, type Parameter } from '../../../model/endpoint';
import type { FrameworkModel, ModelHost } from '../model';
import { joinExpress } from './expressPath';
import { addExport, baseFromConfig, bracketSegment, pathOfSegments, type Base } from './fileRoutes';

const CONFIGS = ['svelte.config.js', 'svelte.config.ts', 'svelte.config.mjs'];
const SERVER_FILE = /(?:^|\/)\+server\.[jt]s$/;
const METHODS = HTTP_METHODS.filter((method) => method !== 'TRACE' && method !== 'CONNECT');

/** SvelteKit: the methods that `+server` files export, by the place of the file below `src/routes`. */
export const sveltekit: FrameworkModel = {
  id: 'sveltekit',
  languages: ['javascript'],
  packages: ['@sveltejs/kit'],
  prefilter: /['"]@sveltejs\/kit['"]/,
  routeFiles: SERVER_FILE,
  configFiles: /(?:^|\/)svelte\.config\.[cm]?[jt]s$|(?:^|\/)src\/params\/[\w-]+\.[jt]s$/,
  registrars: [],
  join: joinExpress,

  finish(host, files) {
    for (const file of files) {
      if (!SERVER_FILE.test(file)) continue;
      const { root, segments } = split(file);
      const path = pathOfSegments(segments, (segment) => {
        if (/^\([^)]*\)$/.test(segment)) return undefined;
        const { template, parameters } = bracketSegment(decode(segment));
        return { template, parameters: parameters.map((one) => matched(one, segment, root, host)) };
      });
      const route = { file, root, base: baseOf(root, host), path };
      for (const method of METHODS) addExport(sveltekit, route, method, [method], host);
      addExport(sveltekit, route, 'fallback', ['ANY'], host);
    }
  },
};

/** The project's folder and the folders below `src/routes`. */
function split(file: string): { root: string; segments: string[] } {
  const parts = file.split('/').slice(0, -1);
  const at = parts.findIndex((part, index) => part === 'routes' && parts[index - 1] === 'src');
  const routes = at >= 0 ? at : parts.indexOf('routes');
  return { root: parts.slice(0, at >= 0 ? at - 1 : Math.max(0, routes)).join('/'), segments: parts.slice(routes + 1) };
}

function baseOf(root: string, host: ModelHost): Base {
  const known = host.state('sveltekit', () => new Map<string, Base>());
  let base = known.get(root);
  if (!base) known.set(root, (base = baseFromConfig(root, CONFIGS, 'paths.base', host)));
  return base;
}

/** `[x+2e]` and `[u+1f600]` stand for characters. */
function decode(segment: string): string {
  return segment.replaceAll(/\[(?:x|u)\+([\da-f]+)(?:-([\da-f]+))?\]/gi, (_whole, ...codes: (string | undefined)[]) =>
    codes
      .slice(0, 2)
      .flatMap((code) => (code === undefined ? [] : [String.fromCodePoint(Number.parseInt(code, 16))]))
      .join(''),
  );
}

/** A parameter with a matcher: `[page=integer]`, where `src/params/integer` says what matches. */
function matched(parameter: Parameter, segment: string, root: string, host: ModelHost): Parameter {
  const matcher = new RegExp(`\\[(?:\\.\\.\\.)?${parameter.name.replaceAll('$', '\\$')}=(\\w+)\\]`).exec(segment)?.[1];
  if (matcher === undefined) return parameter;
  const folder = root === '' ? 'src/params' : `${root}/src/params`;
  const text = host.files.text(`${folder}/${matcher}.ts`) ?? host.files.text(`${folder}/${matcher}.js`) ?? '';
  const pattern = /\/((?:[^/\\\n]|\\.)+)\/[a-z]*\.test/.exec(text)?.[1];
  if (/^(?:int|integer|number|digits?)$/i.test(matcher)) return { ...parameter, type: 'integer' };
  if (/uuid/i.test(matcher)) return { ...parameter, type: 'uuid' };
  return pattern === undefined ? parameter : { ...parameter, type: 'regex', pattern };
}
