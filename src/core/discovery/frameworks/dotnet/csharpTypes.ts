import type { Parameter, ParameterType } from '../../../model/endpoint';
import type { Expr } from '../../ir';
import { settle, type FuncValue } from '../../evaluate/values';
import { annotationsOf, annotationValue } from '../annotations';
import type { ModelHost } from '../model';

const TYPES: Readonly<Record<string, ParameterType>> = {
  string: 'string',
  String: 'string',
  int: 'integer',
  Int32: 'integer',
  long: 'integer',
  Int64: 'integer',
  short: 'integer',
  uint: 'integer',
  ulong: 'integer',
  byte: 'integer',
  decimal: 'number',
  double: 'number',
  float: 'number',
  bool: 'boolean',
  Boolean: 'boolean',
  Guid: 'uuid',
  DateTime: 'date',
  DateOnly: 'date',
  DateTimeOffset: 'date',
};

/** The parameters of a handler that come with the path or the query, by attribute, name and type. */
export function signatureParameters(host: ModelHost, func: FuncValue, inPath: readonly Parameter[]): Parameter[] {
  return func.fn.params.flatMap((param): Parameter[] => {
    const own = param.target.k === 'name' ? param.target.name : '';
    const attributes = annotationsOf(host, func, param.decorators);
    const from = attributes.find(({ symbol }) => /(?:^|\.)From\w+Attribute$/.test(symbol));
    const named = from && annotationValue(from, 'Name');
    const name = named?.t === 'str' ? named.text : own;
    const type = typeOf(host, func, param.type);
    const isPath = inPath.some((parameter) => parameter.name.toLowerCase() === name.toLowerCase());
    const isQuery = from ? from.symbol.endsWith('FromQueryAttribute') : type.type !== 'unknown';
    if (!isPath && !isQuery) return [];
    const isOptional = param.default !== undefined || isNullable(param.type);
    return [{ name, in: isPath ? 'path' : 'query', required: isPath || !isOptional, ...type }];
  });
}

/** Parameters of the path, where the template leaves their type open. */
export function withSignature(inPath: readonly Parameter[], told: readonly Parameter[]): Parameter[] {
  return inPath.map((parameter) => {
    const known = told.find((one) => one.in === 'path' && one.name.toLowerCase() === parameter.name.toLowerCase());
    if (!known || parameter.type !== 'string' || known.type === 'unknown') return parameter;
    return { ...parameter, type: known.type, ...(known.enumValues ? { enumValues: known.enumValues } : {}) };
  });
}

function isNullable(type: Expr | undefined): boolean {
  return type?.k === 'index' && type.object.k === 'name' && type.object.name === 'Nullable';
}

function typeOf(host: ModelHost, func: FuncValue, type: Expr | undefined): Pick<Parameter, 'type' | 'enumValues'> {
  if (type?.k === 'index') return typeOf(host, func, type.index);
  const name = type?.k === 'name' || type?.k === 'member' ? type.name : '';
  const known = TYPES[name];
  if (known) return { type: known };
  const value = type && host.evaluateIn(func, type);
  if (value?.t !== 'class' || !value.cls.modifiers?.includes('enum')) return { type: 'unknown' };
  const enumValues = [...value.attrs.values()].map(settle).flatMap((one) => (one.t === 'str' ? [one.text] : []));
  return { type: 'enum', enumValues };
}
