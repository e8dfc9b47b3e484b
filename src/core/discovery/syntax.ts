/** The text of a file with its line starts, so that nodes carry offsets only. */
export class SourceText {
  readonly #lineStarts: number[] = [0];

  constructor(readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
  }

  /** 1-based line of an offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

const NONE: readonly SyntaxNode[] = [];

/** A node of a syntax tree as a plain object. Tokens such as `(` have `isNamed` false and nothing but a type. */
export class SyntaxNode {
  children: SyntaxNode[] | null = null;

  constructor(
    readonly type: string,
    readonly isNamed: boolean,
    /** The name under which the parent holds it; empty for none. */
    readonly field: string,
    readonly start: number,
    readonly end: number,
    readonly source: SourceText,
  ) {}

  get text(): string {
    return this.isNamed ? this.source.text.slice(this.start, this.end) : this.type;
  }

  /** 1-based. */
  get line(): number {
    return this.source.lineAt(this.start);
  }

  get endLine(): number {
    return this.source.lineAt(Math.max(this.start, this.end - 1));
  }

  /** All children, tokens too. */
  get all(): readonly SyntaxNode[] {
    return this.children ?? NONE;
  }

  /** The children that are no tokens and no comments. */
  get named(): readonly SyntaxNode[] {
    return this.children?.filter((child) => child.isNamed && !child.type.endsWith('comment')) ?? NONE;
  }

  /** The first child of a field. */
  child(field: string): SyntaxNode | undefined {
    return this.children?.find((child) => child.field === field && !child.type.endsWith('comment'));
  }

  /** Every named child of a field. */
  fieldChildren(field: string): readonly SyntaxNode[] {
    return this.children?.filter((child) => child.field === field && child.isNamed) ?? NONE;
  }

  /** The first child of a type. */
  childOfType(type: string): SyntaxNode | undefined {
    return this.children?.find((child) => child.type === type);
  }

  hasToken(type: string): boolean {
    return this.children?.some((child) => !child.isNamed && child.type === type) ?? false;
  }
}

/** A parsed file. */
export interface SyntaxTree {
  readonly root: SyntaxNode;
  /** 1-based line of the first syntax error, or null. */
  readonly errorLine: number | null;
}
