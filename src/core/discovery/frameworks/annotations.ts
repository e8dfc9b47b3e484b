import type { Expr } from '../ir';
import type { ArgValue, ClassValue, FuncValue, Value } from '../evaluate/values';
import { settle } from '../evaluate/values';
import { lastName } from './arguments';
import type { ModelHost } from './model';

/** An annotation or attribute with its arguments. */
export interface Annotation {
  /** Dotted name in its library, or as the code writes it. */
  readonly symbol: string;
  /** Set when the workspace declares it. */
  readonly cls: ClassValue | null;
  readonly args: readonly ArgValue[];
  readonly line: number;
}

/** The annotations of a class, method or parameter as they stand. */
export function annotationsOf(
  host: ModelHost,
  scope: FuncValue | ClassValue,
  decorators: readonly Expr[] = [],
): Annotation[] {
  return decorators.flatMap((expr): Annotation[] => {
    const callee = expr.k === 'call' ? expr.callee : expr;
    const target = host.evaluateIn(scope, callee);
    if (target.t !== 'symbol' && target.t !== 'class') return [];
    const args = expr.k === 'call' ? expr.args : [];
    return [
      {
        symbol: target.t === 'symbol' ? target.path : target.cls.name,
        cls: target.t === 'class' ? target : null,
        args: args.map(({ name, value }): ArgValue => {
          const given = host.evaluateIn(scope, value);
          return name === undefined ? { value: given } : { value: given, name };
        }),
        line: expr.line,
      },
    ];
  });
}

/** An argument by one of its names; `value` is also what stands without a name. */
export function annotationValue(annotation: Annotation, ...names: readonly string[]): Value | undefined {
  const given = annotation.args.find(({ name }) => names.includes(name ?? 'value'));
  return given && settle(given.value);
}

/**
 * The annotations that are wanted, also those that stand on annotations of the workspace (composed annotations). What a
 * composed one hands on by `@AliasFor` takes the place of the argument within.
 */
export function findAnnotations(
  host: ModelHost,
  scope: FuncValue | ClassValue,
  decorators: readonly Expr[],
  isWanted: (symbol: string) => boolean,
  hops = 0,
): Annotation[] {
  return annotationsOf(host, scope, decorators).flatMap((annotation): Annotation[] => {
    const { cls } = annotation;
    if (!cls) return isWanted(annotation.symbol) ? [annotation] : [];
    if (hops > 5 || !cls.cls.modifiers?.includes('annotation')) return [];
    const inner = findAnnotations(host, cls, cls.cls.decorators, isWanted, hops + 1);
    return inner.map((one) => ({
      ...one,
      args: [...handedOn(host, annotation, cls, one), ...one.args],
      line: annotation.line,
    }));
  });
}

function handedOn(host: ModelHost, outer: Annotation, cls: ClassValue, inner: Annotation): ArgValue[] {
  return host.methodsOf(cls).flatMap((attribute): ArgValue[] => {
    const [alias] = annotationsOf(host, attribute, attribute.fn.decorators).filter(
      ({ symbol }) => lastName(symbol) === 'AliasFor',
    );
    const target = alias && annotationValue(alias, 'annotation');
    if (!alias || target?.t !== 'symbol' || lastName(target.path) !== lastName(inner.symbol)) return [];
    const named = annotationValue(alias, 'attribute', 'value');
    const name = named?.t === 'str' ? named.text : attribute.fn.name;
    const given = annotationValue(outer, attribute.fn.name);
    return given ? [{ name, value: given }] : [];
  });
}
