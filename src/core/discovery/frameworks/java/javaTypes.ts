import type { Parameter, ParameterType } from '../../../model/endpoint';
import type { Expr } from '../../ir';
import { settle, textOf, type FuncValue } from '../../evaluate/values';
import type { ModelHost } from '../model';

const TYPES: Readonly<Record<string, ParameterType>> = {
  String: 'string',
  CharSequence: 'string',
  int: 'integer',
  Integer: 'integer',
  long: 'integer',
  Long: 'integer',
  short: 'integer',
  Short: 'integer',
  BigInteger: 'integer',
  float: 'number',
  Float: 'number',
  double: 'number',
  Double: 'number',
  BigDecimal: 'number',
  boolean: 'boolean',
  Boolean: 'boolean',
  UUID: 'uuid',
  LocalDate: 'date',
};

const WRAPPERS = /^(?:Optional|List|Set|Collection|Mono|Flux)$/;

/** What a declared type says of a parameter. Enums of the workspace give their values. */
export function javaParameterType(
  host: ModelHost,
  func: FuncValue,
  type: Expr | undefined,
): Pick<Parameter, 'type' | 'enumValues'> {
  if (!type) return { type: 'unknown' };
  if (type.k === 'index' && type.object.k === 'name' && WRAPPERS.test(type.object.name)) {
    return javaParameterType(host, func, type.index);
  }
  const name = type.k === 'name' || type.k === 'member' ? type.name : '';
  const known = TYPES[name];
  if (known) return { type: known };
  const value = host.evaluateIn(func, type);
  if (value.t !== 'class' || !value.cls.modifiers?.includes('enum')) return { type: 'unknown' };
  const enumValues = [...value.attrs.values()]
    .map(settle)
    .flatMap((one) => (one.t === 'str' ? [textOf(one).text] : []));
  return { type: 'enum', enumValues };
}

/** `Optional<T>` and its kin: a parameter that may be missing. */
export function isOptionalType(type: Expr | undefined): boolean {
  return type?.k === 'index' && type.object.k === 'name' && type.object.name.startsWith('Optional');
}
