import type { Parameter, ParameterType } from '../../../model/endpoint';
import type { Expr, Param } from '../../ir';
import { settle, type FuncValue, type Value } from '../../evaluate/values';
import { lastName } from '../arguments';
import type { ModelHost } from '../model';

const SCALARS: Readonly<Record<string, ParameterType>> = {
  str: 'string',
  int: 'integer',
  float: 'number',
  Decimal: 'number',
  bool: 'boolean',
  UUID: 'uuid',
  UUID1: 'uuid',
  UUID4: 'uuid',
  date: 'date',
  datetime: 'date',
  EmailStr: 'string',
  HttpUrl: 'string',
  AnyUrl: 'string',
  PositiveInt: 'integer',
  NonNegativeInt: 'integer',
  conint: 'integer',
  constr: 'string',
};

const DEPENDENCY_DEPTH = 3;

/** What an annotation says; `kind` is the marker of FastAPI that it or the default carries. */
interface Declared {
  readonly type: ParameterType;
  readonly enumValues?: readonly string[];
  readonly isScalar: boolean;
  readonly isList: boolean;
  readonly isOptional: boolean;
  readonly marker?: Expr & { k: 'call' };
}

/**
 * Parameters that FastAPI reads off a handler: types of path parameters, and plain query parameters with default and enum
 * values, those of its dependencies too. Bodies, headers and cookies are left out.
 *
 * Examples: `q: str | None = None` is an optional string; `sort: Sort = Sort.name` an enum; `item: Item` is a body.
 */
export function signatureParameters(
  fn: FuncValue,
  host: ModelHost,
  pathNames: ReadonlySet<string>,
  depth = 0,
): Parameter[] {
  return fn.fn.params.flatMap((param): Parameter[] => {
    if (param.rest || param.target.k !== 'name' || param.target.name === 'self') return [];
    const declared = param.type ? readType(param.type, fn, host) : PLAIN;
    const marker = declared.marker ?? (param.default?.k === 'call' ? param.default : undefined);
    const kind = marker ? lastName(calleeName(marker)) : '';
    if (kind === 'Depends' || kind === 'Security') return dependency(marker, fn, host, pathNames, depth);
    const name = alias(marker) ?? param.target.name;
    const extra = declared.enumValues ? { enumValues: declared.enumValues } : {};
    if (pathNames.has(param.target.name)) {
      return [
        { name: param.target.name, in: 'path', type: param.type ? declared.type : 'unknown', required: true, ...extra },
      ];
    }
    if (kind !== '' && kind !== 'Query') return [];
    if (!declared.isScalar || (declared.isList && kind !== 'Query')) return [];
    const value = defaultOf(param, marker, fn, host);
    const required = value === undefined && !declared.isOptional;
    return [{ name, in: 'query', type: declared.type, required, ...extra, ...(value ? { default: value } : {}) }];
  });
}

const PLAIN: Declared = { type: 'string', isScalar: true, isList: false, isOptional: false };
const OTHER: Declared = { type: 'unknown', isScalar: false, isList: false, isOptional: false };

function calleeName(call: Expr & { k: 'call' }): string {
  return call.callee.k === 'name' || call.callee.k === 'member' ? call.callee.name : '';
}

function dependency(
  marker: (Expr & { k: 'call' }) | undefined,
  fn: FuncValue,
  host: ModelHost,
  pathNames: ReadonlySet<string>,
  depth: number,
): Parameter[] {
  const target = marker?.args[0]?.value;
  if (!target || depth >= DEPENDENCY_DEPTH) return [];
  const value = settle(host.evaluateIn(fn, target));
  const constructor = value.t === 'class' ? host.lookup(value, '__init__') : value;
  const inner = constructor && host.functionOf(constructor);
  return inner ? signatureParameters(inner, host, pathNames, depth + 1) : [];
}

function alias(marker: (Expr & { k: 'call' }) | undefined): string | undefined {
  const given = marker?.args.find(({ name }) => name === 'alias')?.value;
  return given?.k === 'const' && typeof given.value === 'string' ? given.value : undefined;
}

/** The default as text that can be sent; null for an optional one without a value; undefined when it is required. */
function defaultOf(
  param: Param,
  marker: (Expr & { k: 'call' }) | undefined,
  fn: FuncValue,
  host: ModelHost,
): string | null | undefined {
  let given = param.default;
  if (given && given === marker) {
    given =
      marker.args.find(({ name }) => name === 'default')?.value ??
      marker.args.find(({ name }) => name === undefined)?.value;
  }
  if (!given || (given.k === 'name' && given.name === '...') || given.k === 'unknown') return undefined;
  const value = settle(host.evaluateIn(fn, given));
  if (value.t === 'str') return value.text;
  if (value.t === 'const') return value.value === null ? null : String(value.value);
  return null;
}

function readType(expr: Expr, fn: FuncValue, host: ModelHost): Declared {
  if (expr.k === 'const') {
    if (expr.value === null) return { ...OTHER, isOptional: true };
    const name = typeof expr.value === 'string' ? expr.value : '';
    const type = SCALARS[name];
    return type ? { ...PLAIN, type } : OTHER;
  }
  if (expr.k === 'binary' && expr.op === '|') return either([expr.left, expr.right], fn, host);
  if (expr.k === 'index') {
    const inner = expr.index.k === 'list' ? expr.index.items : [expr.index];
    const outer = expr.object.k === 'name' || expr.object.k === 'member' ? expr.object.name : '';
    return readGeneric(outer, inner, fn, host);
  }
  if (expr.k !== 'name' && expr.k !== 'member') return OTHER;
  const type = SCALARS[expr.name];
  if (type) return { ...PLAIN, type };
  if (expr.name === 'list' || expr.name === 'List' || expr.name === 'set') return { ...PLAIN, isList: true };
  const value = settle(host.evaluateIn(fn, expr));
  return value.t === 'class' ? readEnum(value, host) : OTHER;
}

function readGeneric(outer: string, inner: readonly Expr[], fn: FuncValue, host: ModelHost): Declared {
  const [first] = inner;
  if (!first) return OTHER;
  switch (outer) {
    case 'Annotated': {
      const calls = inner.slice(1).filter((part): part is Expr & { k: 'call' } => part.k === 'call');
      const marker = calls.find((call) =>
        /^(?:Query|Path|Header|Cookie|Body|Form|File|Depends|Security)$/.test(calleeName(call)),
      );
      const declared = readType(first, fn, host);
      return marker ? { ...declared, marker } : declared;
    }
    case 'Optional':
      return { ...readType(first, fn, host), isOptional: true };
    case 'Union':
      return either(inner, fn, host);
    case 'list':
    case 'List':
    case 'set':
    case 'Sequence':
      return { ...readType(first, fn, host), isList: true };
    case 'Literal': {
      const values = inner.flatMap((part) => (part.k === 'const' ? [String(part.value)] : []));
      return { ...PLAIN, type: 'enum', enumValues: values };
    }
    default:
      return OTHER;
  }
}

function either(options: readonly Expr[], fn: FuncValue, host: ModelHost): Declared {
  const read = options.map((option) => readType(option, fn, host));
  const isOptional = read.some((option) => option.isOptional);
  return { ...(read.find((option) => option.isScalar) ?? OTHER), isOptional };
}

function readEnum(value: Value & { t: 'class' }, host: ModelHost): Declared {
  if (!host.extends(value, (symbol) => /^(?:Str|Int)?Enum$/.test(lastName(symbol)))) return OTHER;
  const values = [...value.attrs.values()].map(settle).flatMap((attr) => {
    if (attr.t === 'str') return [attr.text];
    return attr.t === 'const' ? [String(attr.value)] : [];
  });
  return { ...PLAIN, type: 'enum', enumValues: values };
}
