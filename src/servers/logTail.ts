const MAX_LINES = 200;
const MAX_LINE_CHARS = 2000;

/** Keeps the last lines of a stream of text, whatever pieces it comes in. */
export class LogTail {
  readonly #lines: string[] = [];
  #open = '';

  push(text: string): void {
    const parts = (this.#open + text).split(/\r?\n/);
    this.#open = (parts.pop() ?? '').slice(0, MAX_LINE_CHARS);
    for (const line of parts) this.#lines.push(line.slice(0, MAX_LINE_CHARS));
    if (this.#lines.length > MAX_LINES) this.#lines.splice(0, this.#lines.length - MAX_LINES);
  }

  /** Oldest first, without escape sequences of a terminal; the line that has not ended yet is the last. */
  lines(): readonly string[] {
    const all = this.#open === '' ? this.#lines : [...this.#lines, this.#open];
    return all.map(stripEscapes);
  }

  /** The last line with something in it, or null. */
  lastWords(): string | null {
    return (
      this.lines()
        .findLast((line) => line.trim() !== '')
        ?.trim() ?? null
    );
  }
}

function stripEscapes(line: string): string {
  const escape = String.fromCharCode(27);
  return line.replaceAll(new RegExp(`${escape}\\[[0-9;?]*[A-Za-z]`, 'g'), '');
}
