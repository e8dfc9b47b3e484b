import { settle, type CallSite, type Value } from '../../evaluate/values';
import type { ModelHost } from '../model';

/**
 * What a dotted name in a text means where the call stands; undefined when the workspace has nothing of that name.
 *
 * Examples: `shop.views` is the module; `shop.config.Production` is the class of the module `shop.config`.
 */
export function dottedName(text: string, site: CallSite, host: ModelHost): Value | undefined {
  const whole = host.module(text, site.place.file);
  if (whole) return whole;
  const dot = text.lastIndexOf('.');
  const module = dot > 0 ? host.module(text.slice(0, dot), site.place.file) : undefined;
  return module && settle(host.member(module, text.slice(dot + 1)));
}
