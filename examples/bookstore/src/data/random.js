/**
 * A small generator of repeatable numbers (a 32-bit linear congruential generator), so that every start of the bookstore
 * has the same catalogue and two runs answer the same requests.
 */
export function createRandom(seed) {
  let state = seed >>> 0;
  function next() {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  }
  return {
    /** A whole number from `low` to `high`, both included. */
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}
