import type { Expr } from '../ir';
import { list, settle, str, unknown, type Value } from './values';

const ITEMS_LIMIT = 1000;

/** What a loop goes over. Something unknown gives one unknown item, so that the body is seen once. */
export function iterate(raw: Value, overKeys: boolean, target: Expr): readonly Value[] {
  const value = settle(raw);
  if (value.t === 'list') {
    if (value.items.length === 0 && value.open) return [unknownItem(target)];
    return overKeys && target.k === 'name' ? value.items.slice(0, ITEMS_LIMIT) : value.items.slice(0, ITEMS_LIMIT);
  }
  if (value.t === 'dict') return [...value.entries.keys()].slice(0, ITEMS_LIMIT).map((key) => str(key));
  if (value.t === 'union') return value.options.flatMap((option) => iterate(option, overKeys, target));
  return [unknownItem(target)];
}

function unknownItem(target: Expr): Value {
  if (target.k === 'list') return list(target.items.map(unknownItem));
  return unknown(target.k === 'name' ? target.name : '');
}
