import type { CallSite, Value } from '../../evaluate/values';

/**
 * What `@app.get('/x')` leaves: nothing happens until it is applied to a function or class, which stays what it is.
 * `register` is given what it was applied to, and where.
 */
export function decorator(name: string, register: (target: Value, applied: CallSite) => void): Value {
  return {
    t: 'native',
    name,
    call: (applied) => {
      const [target] = applied.args;
      if (!target) return { t: 'const', value: null };
      register(target.value, applied);
      return target.value;
    },
  };
}
