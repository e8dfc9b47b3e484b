import type { EndpointMethod } from '../../../model/endpoint';
import type { Expr, FunctionIr, Stmt } from '../../ir';
import { settle, textOf, type CallSite, type FuncValue, type Value } from '../../evaluate/values';
import { HOLE, type PathPiece, type RouterNode } from '../../graph';
import { methodNamed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { joinExpress } from './expressPath';
import { argsOf } from './handlers';
import { isMethod } from './requestTests';

const SERVERS = /^https?2?\.(?:default\.)?(?:createServer|createSecureServer|Server)$/;

/** Node's own server, where one function asks for method and path with `if` and `switch`. */
export const nodeHttp: FrameworkModel = {
  id: 'node-http',
  languages: ['javascript'],
  packages: ['http', 'https', 'http2'],
  prefilter: /\bcreate(?:Secure)?Server\s*\(/,
  registrars: ['createServer', 'createSecureServer'],
  join: joinExpress,

  callSymbol(symbol, site, host) {
    if (!SERVERS.test(symbol)) return undefined;
    for (const value of argsOf(site)) addListener(value, site, host);
    return host.object(nodeHttp, 'server');
  },

  callMethod(object, name, site, host) {
    const [first, second] = argsOf(site);
    if (object.type === 'server' && name === 'on' && first?.t === 'str' && first.text === 'request' && second) {
      addListener(second, site, host);
    }
    return undefined;
  },
};

function addListener(value: Value, site: CallSite, host: ModelHost): void {
  const settled = settle(value);
  const listener = settled.t === 'func' ? settled : undefined;
  if (!listener) return;
  const found: Found[] = [];
  const reader: Reader = { listener, host, found };
  read(reader, host.bodyOf(listener.fn), { paths: [], methods: [], line: listener.fn.line });
  const router = found.length > 0 ? host.router(nodeHttp, 'server', { kind: 'app', site }).router : null;
  if (router) for (const one of found) addRoute(router, one, listener.fn, host);
}

interface Asked {
  readonly paths: readonly PathPiece[];
  readonly methods: readonly EndpointMethod[];
  /** Line of the innermost question. */
  readonly line: number;
}

interface Found extends Asked {
  readonly endLine: number;
}

interface Reader {
  readonly listener: FuncValue;
  readonly host: ModelHost;
  readonly found: Found[];
}

/** Reads statements that run when everything in `asked` holds; true when a route was found in them. */
function read(reader: Reader, statements: readonly Stmt[], asked: Asked): boolean {
  let any = false;
  for (const statement of statements) {
    if (statement.k === 'block') any = read(reader, statement.body, asked) || any;
    if (statement.k === 'branch') any = readBranch(reader, statement, asked) || any;
  }
  return any;
}

function readBranch(reader: Reader, branch: Stmt & { k: 'branch' }, asked: Asked): boolean {
  if (branch.cases) return readSwitch(reader, branch, branch.cases, asked);
  const [then = [], ...others] = branch.branches;
  const test = branch.test ? ask(reader, branch.test) : {};
  let any = readCase(reader, then, merge(asked, test, branch.line), changes(test));
  for (const other of others) any = read(reader, other, asked) || any;
  return any;
}

function readSwitch(
  reader: Reader,
  branch: Stmt & { k: 'branch' },
  cases: readonly (Expr | null)[],
  asked: Asked,
): boolean {
  let any = false;
  let waiting: Question = {};
  cases.forEach((value, at) => {
    const body = branch.branches[at] ?? [];
    const one: Question = value && branch.test ? equals(reader, branch.test, value) : {};
    // Cases without a body of their own share that of the next.
    waiting = {
      paths: [...(waiting.paths ?? []), ...(one.paths ?? [])],
      methods: [...(waiting.methods ?? []), ...(one.methods ?? [])],
    };
    if (body.length === 0) return;
    any = readCase(reader, body, merge(asked, waiting, value?.line ?? branch.line), changes(waiting)) || any;
    waiting = {};
  });
  return any;
}

/** What stands below a question is a route, unless further questions in it are. */
function readCase(reader: Reader, body: readonly Stmt[], asked: Asked, isNew: boolean): boolean {
  if (read(reader, body, asked)) return true;
  if (!isNew || asked.paths.length === 0) return false;
  const endLine = body.reduce((line, statement) => Math.max(line, statement.line), asked.line);
  reader.found.push({ ...asked, endLine });
  return true;
}

interface Question {
  readonly paths?: readonly PathPiece[];
  readonly methods?: readonly EndpointMethod[];
}

function changes({ paths = [], methods = [] }: Question): boolean {
  return paths.length > 0 || methods.length > 0;
}

function merge(asked: Asked, { paths = [], methods = [] }: Question, line: number): Asked {
  return {
    paths: paths.length > 0 ? paths : asked.paths,
    methods: methods.length > 0 ? methods : asked.methods,
    line: paths.length > 0 || methods.length > 0 ? line : asked.line,
  };
}

/** What a condition asks of the request. A negation asks nothing that is followed. */
function ask(reader: Reader, test: Expr): Question {
  if (test.k === 'binary' && (test.op === '&&' || test.op === '||')) {
    const [left, right] = [ask(reader, test.left), ask(reader, test.right)];
    return {
      paths: [...(left.paths ?? []), ...(right.paths ?? [])],
      methods: [...(left.methods ?? []), ...(right.methods ?? [])],
    };
  }
  if (test.k === 'binary' && (test.op === '===' || test.op === '==')) {
    const question = equals(reader, test.left, test.right);
    return changes(question) ? question : equals(reader, test.right, test.left);
  }
  if (test.k !== 'call' || test.callee.k !== 'member') return {};
  const { object, name } = test.callee;
  const [first] = test.args;
  if (name === 'startsWith' && first && isPath(object)) {
    const prefix = textAt(reader, first.value);
    if (!prefix?.startsWith('/')) return {};
    const rest = { name: 'rest', in: 'path', type: 'path', required: false, catchAll: true } as const;
    return { paths: [{ template: joinExpress(prefix, '{rest*}'), parameters: [rest], notes: [] }] };
  }
  if (object.k === 'regex' && name === 'test' && first && isPath(first.value)) return { paths: [regexPath(object)] };
  if (name === 'match' && isPath(object) && first?.value.k === 'regex') return { paths: [regexPath(first.value)] };
  return {};
}

function regexPath(regex: Expr & { k: 'regex' }): PathPiece {
  const notes = [`The path is the regular expression /${regex.source}/${regex.flags}.`];
  return { template: `/${HOLE}`, parameters: [], notes };
}

function equals(reader: Reader, subject: Expr, value: Expr): Question {
  const text = textAt(reader, value);
  if (text === undefined) return {};
  const both = /^([A-Z]+)[ :]+(\/\S*)$/.exec(text);
  if (both && subject.k === 'template') {
    const method = methodNamed(both[1] ?? '');
    return { paths: [piece(both[2] ?? '')], methods: method ? [method] : [] };
  }
  if (isMethod(subject)) {
    const method = methodNamed(text);
    return method ? { methods: [method] } : {};
  }
  return isPath(subject) && text.startsWith('/') ? { paths: [piece(text)] } : {};
}

function piece(text: string): PathPiece {
  return { template: text.replace(/\?.*$/, ''), parameters: [], notes: [] };
}

function textAt(reader: Reader, expr: Expr): string | undefined {
  if (expr.k === 'const') return typeof expr.value === 'string' ? expr.value : undefined;
  if (expr.k !== 'name' && expr.k !== 'member' && expr.k !== 'template') return undefined;
  const value = reader.host.evaluateIn(reader.listener, expr);
  return value.t === 'str' && !value.text.includes(HOLE) ? textOf(value).text : undefined;
}

/** `req.url`, `url.pathname`, `pathname`, `parsed.path`. */
function isPath(expr: Expr): boolean {
  if (expr.k === 'member') return ['url', 'pathname', 'path', 'originalUrl'].includes(expr.name);
  return expr.k === 'name' && /^(?:url|pathname|path|reqUrl|requestUrl|route)$/i.test(expr.name);
}

function addRoute(router: RouterNode, found: Found, fn: FunctionIr, host: ModelHost): void {
  const methods: readonly EndpointMethod[] = found.methods.length > 0 ? found.methods : ['ANY'];
  const name = fn.name === '' ? 'anonymous' : fn.name;
  const place = { file: fn.file, line: found.line };
  for (const path of found.paths) {
    const handler = { name, ...place, endLine: Math.max(found.line, found.endLine) };
    host.addRoute(router, { methods, path, handler, registration: place });
  }
}
