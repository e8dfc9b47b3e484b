/** Repetitions of `*`, `+` and `{n,}` beyond what they need at least. */
const MOST_REPEATS = 64;
const MOST_CHARS = 4096;
/** A repeated group with a repetition or a choice in it. */
const MAY_BACKTRACK = /(?:[*+}]\??|\|[^()]*)\)+(?:[*+]|\{\d+,)/;

/**
 * A short text that a regular expression matches, for the patterns of schemas: literals, classes, groups, alternatives and
 * repetitions. Undefined where that does not succeed (look-around, references back, a text of another length than asked for).
 *
 * Examples: `^[A-Z]{2}-\d{3}$` → `AA-000`; `^(red|green)$` → `red`
 */
export function samplePattern(pattern: string, minLength = 0, maxLength = Infinity): string | undefined {
  for (const extra of [0, 1, 2, 4, 8, 16, 32, MOST_REPEATS]) {
    try {
      const text = new PatternReader(pattern, extra).read();
      if (text.length > MOST_CHARS) return undefined;
      if (text.length < minLength) continue;
      // A pattern out of a document may be made to take for ever on a long text.
      if (text.length > maxLength || (text.length > 20 && MAY_BACKTRACK.test(pattern))) return undefined;
      return new RegExp(pattern, 'u').test(text) ? text : undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

class PatternReader {
  readonly #pattern: string;
  readonly #extra: number;
  #at = 0;

  constructor(pattern: string, extra: number) {
    this.#pattern = pattern;
    this.#extra = extra;
  }

  read(): string {
    const text = this.#alternatives();
    if (this.#at < this.#pattern.length) throw new Error('not read to its end');
    return text;
  }

  #alternatives(): string {
    const first = this.#sequence();
    while (this.#take('|')) this.#sequence();
    return first;
  }

  #sequence(): string {
    let text = '';
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#peek())) text += this.#repeated();
    return text;
  }

  #repeated(): string {
    const atom = this.#atom();
    const rest = this.#pattern.slice(this.#at);
    const [whole, simple, low, comma, high] = /^(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/.exec(rest) ?? [];
    if (whole === undefined) return atom;
    this.#at += whole.length;
    const least = low === undefined ? (simple === '+' ? 1 : 0) : Number(low);
    const most = simple === '?' ? 1 : low !== undefined && comma === undefined ? least : Number(high ?? Infinity);
    const count = Math.min(most, least + this.#extra, MOST_CHARS);
    if (atom.length * count > MOST_CHARS) throw new Error('too long');
    return atom.repeat(count);
  }

  #atom(): string {
    const char = this.#next();
    if (char === '^' || char === '$') return '';
    if (char === '.') return 'a';
    if (char === '[') return this.#class();
    if (char === '\\') return this.#escape();
    if (char !== '(') return char;
    if (this.#take('?:') || /^\?<\w+>/.test(this.#pattern.slice(this.#at))) {
      this.#at = this.#pattern.charAt(this.#at) === '?' ? this.#pattern.indexOf('>', this.#at) + 1 : this.#at;
    } else if (this.#peek() === '?') throw new Error('look-around');
    const inside = this.#alternatives();
    if (!this.#take(')')) throw new Error('open group');
    return inside;
  }

  #class(): string {
    const start = this.#at - 1;
    while (this.#peek() !== ']') {
      if (this.#next() === '\\') this.#next();
    }
    this.#next();
    const matcher = new RegExp(this.#pattern.slice(start, this.#at), 'u');
    const found = Array.from('aA01-_ .@bz9Z/:,;+*#éä').find((each) => matcher.test(each));
    const any =
      found ?? Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).find((each) => matcher.test(each));
    if (any === undefined) throw new Error('empty class');
    return any;
  }

  #escape(): string {
    const char = this.#next();
    const known: Readonly<Record<string, string>> = {
      d: '0',
      w: 'a',
      s: ' ',
      D: 'a',
      W: '-',
      S: 'a',
      n: '\n',
      t: '\t',
      b: '',
      B: '',
    };
    if (/[1-9pkux]/.test(char)) throw new Error('reference');
    return known[char] ?? char;
  }

  #peek(): string {
    return this.#pattern.charAt(this.#at);
  }

  #next(): string {
    const char = this.#peek();
    if (char === '') throw new Error('ended');
    this.#at += 1;
    return char;
  }

  #take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}
