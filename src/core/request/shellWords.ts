import { UserError } from '../../util/errors';

const ANSI_C: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The words of one command by the quoting rules of a POSIX shell (XCU section 2.2), and `$'…'` as browsers write it. Nothing
 * is expanded and nothing run: `$NAME` stays as it is typed. What follows an unquoted `;`, `|`, `&`, `<`, `>` or line break is
 * another command and is left out. Fails with `shell-quote` when a quotation mark is not closed.
 *
 * Examples: `curl 'a b' "c\"d" e\ f` → `curl`, `a b`, `c"d`, `e f`; `x \⏎ y` → `x`, `y`
 */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '\\') {
      const next = text.charAt(at + 1);
      const lineBreak = next === '\n' ? 2 : next === '\r' && text.charAt(at + 2) === '\n' ? 3 : 0;
      if (lineBreak === 0) word = (word ?? '') + next;
      at += lineBreak === 0 ? 2 : lineBreak;
    } else if (char === "'") {
      const end = closing(text.indexOf("'", at + 1));
      word = (word ?? '') + text.slice(at + 1, end);
      at = end + 1;
    } else if (char === '"') {
      const [inside, end] = doubleQuoted(text, at + 1);
      word = (word ?? '') + inside;
      at = end;
    } else if (char === '$' && text.charAt(at + 1) === "'") {
      const [inside, end] = ansiQuoted(text, at + 2);
      word = (word ?? '') + inside;
      at = end;
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
      if (char === '\n' && words.length > 0) break;
      at += 1;
    } else if (/[;|&<>]/.test(char) || (char === '#' && word === null)) break;
    else {
      word = (word ?? '') + char;
      at += 1;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

/** A text as one word of a POSIX shell. Examples: `a b` → `'a b'`; `it's` → `'it'\''s'` */
export function quoteWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function doubleQuoted(text: string, from: number): readonly [inside: string, end: number] {
  let inside = '';
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') return [inside, at + 1];
    if (char !== '\\') inside += char;
    else {
      at += 1;
      const next = text.charAt(at);
      if ('$`"\\'.includes(next) && next !== '') inside += next;
      else if (next !== '\n') inside += `\\${next}`;
    }
  }
  throw notClosed();
}

function ansiQuoted(text: string, from: number): readonly [inside: string, end: number] {
  let inside = '';
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === "'") return [inside, at + 1];
    if (char !== '\\') {
      inside += char;
      continue;
    }
    const rest = text.slice(at + 1, at + 10);
    const code = /^(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|([0-7]{1,3}))/.exec(rest);
    if (code) {
      inside += String.fromCharCode(parseInt(code[1] ?? code[2] ?? code[3] ?? '0', code[3] === undefined ? 16 : 8));
      at += code[0].length;
    } else {
      const next = rest.charAt(0);
      inside += ANSI_C[next] ?? ('\\\'"?'.includes(next) ? next : `\\${next}`);
      at += 1;
    }
  }
  throw notClosed();
}

function closing(end: number): number {
  if (end < 0) throw notClosed();
  return end;
}

function notClosed(): UserError {
  return new UserError('shell-quote', 'A quotation mark of the command is not closed: copy the whole command.');
}
