import type { EndpointMethod } from '../../../model/endpoint';
import type { PathPiece, RouterNode } from '../../graph';
import { str, textOf, type CallSite, type Value } from '../../evaluate/values';
import { methodNamed, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { goHandler, looksLikeRegistration, noteServing, served } from './goHandlers';
import { joinSlashed, parseBracePath } from './goPaths';
import { methodsTested } from './methodTests';

const PACKAGE = 'net/http.';

/** Functions that give the handler back, or one that leads to it. */
const WRAPS = new Set(['HandlerFunc', 'TimeoutHandler', 'MaxBytesHandler', 'AllowQuerySemicolons']);

/** Go's own server: `ServeMux` with and without methods and wildcards, muxes within muxes, `StripPrefix`. */
export const netHttp: FrameworkModel = {
  id: 'net/http',
  languages: ['go'],
  packages: ['net/http'],
  // An entry of a program says how everything is put together, whatever it names itself.
  prefilter: /\b(?:HandleFunc|Handle|NewServeMux)\(|\bhttp\.ServeMux\b|^func main\(\)/m,
  registrars: ['HandleFunc', 'Handle', 'NewServeMux'],
  join: joinSlashed,

  callSymbol(symbol, site, host) {
    const name = symbol.startsWith(PACKAGE) ? symbol.slice(PACKAGE.length) : '';
    const [first, second] = site.args.map(({ value }) => value);
    if (name === 'NewServeMux' || name === 'ServeMux') return host.router(netHttp, 'mux', { kind: 'app', site });
    if ((name === 'HandleFunc' || name === 'Handle') && first && second) {
      const { router } = host.router(netHttp, 'mux', { kind: 'app', site });
      if (router) register(router, first, second, site, host);
      return undefined;
    }
    if (WRAPS.has(name)) return first;
    if (name === 'StripPrefix' && first && second) {
      return host.object(netHttp, 'strip', [
        ['prefix', first],
        ['handler', second],
      ]);
    }
    return /^FileServer(?:FS)?$/.test(name) ? host.object(netHttp, 'static') : undefined;
  },

  callMethod(object, name, site, host) {
    noteServing(object, name, host);
    const [first, second] = site.args.map(({ value }) => value);
    if (object.router && (name === 'HandleFunc' || name === 'Handle') && first && second) {
      register(object.router, first, second, site, host);
    }
    return undefined;
  },

  instanceOf(symbol, host) {
    if (symbol !== 'net/http.ServeMux') return undefined;
    return host.router(netHttp, 'mux', { kind: 'app', isHandedIn: true });
  },

  recognise(receiver, name, site, host) {
    if (name !== 'HandleFunc' && name !== 'Handle') return undefined;
    const first = site.args[0] && textOf(site.args[0].value).text;
    const isPattern = first !== undefined && /^(?:[A-Z]+ )?\//.test(first);
    const bare: CallSite = { ...site, args: [{ value: str('/') }, ...site.args.slice(1)] };
    if (!isPattern || !looksLikeRegistration(receiver, bare, host)) return undefined;
    return host.router(netHttp, 'mux', { kind: 'app', isHandedIn: true });
  },
};

function register(router: RouterNode, pattern: Value, handler: Value, site: CallSite, host: ModelHost): void {
  const target = served(handler, site, host);
  if (target === 'static') return;
  if (typeof target !== 'string') {
    // A mux below a mux sees whole paths, unless their beginning is taken off.
    const prefix = pathOf(target.prefix ?? str(''), parseBracePath);
    if (target.router !== router) host.addMount(router, { child: target.router, prefix, place: site.place });
    return;
  }
  const { methods, path } = parsePattern(pattern);
  const inner = host.objectOf(handler)?.attrs.get('handler') ?? handler;
  const tested = methods.includes('ANY') ? methodsTested(inner, host) : [];
  host.addRoute(router, {
    methods: tested.length > 0 ? tested : methods,
    path,
    handler: goHandler(inner, site, host),
    registration: site.place,
  });
}

/**
 * Parses `[METHOD ][HOST]/[PATH]`.
 *
 * Examples: `GET /a/{id}` is GET `/a/{id}`; `api.example.com/x` is any method on `/x`; `/a/{$}` is `/a/`.
 */
export function parsePattern(value: Value): { methods: readonly EndpointMethod[]; path: PathPiece } {
  const { text, notes } = textOf(value);
  const [, word, rest = text] = /^([A-Z]+)[ \t]+(.*)$/s.exec(text) ?? [];
  const method = word === undefined ? undefined : methodNamed(word);
  const path = rest.replace(/^[^/\uE000]+(?=\/)/, '').replace(/\{\$\}$/, '');
  return { methods: [method ?? 'ANY'], path: { ...parseBracePath(path), notes } };
}
