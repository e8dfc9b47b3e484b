/**
 * The small language that every source language is lowered to: enough to follow how routes come to be, nothing more. Plain
 * JSON, so that it can be kept in a cache. Lines are 1-based. What a frontend has no counterpart for becomes `unknown` with
 * the parts inside, so that calls within are still seen.
 */
export type Expr =
  | { readonly k: 'const'; readonly value: string | number | boolean | null; readonly line: number }
  /** A string put together: f-string, template string. */
  | { readonly k: 'template'; readonly parts: readonly Expr[]; readonly line: number }
  | { readonly k: 'regex'; readonly source: string; readonly flags: string; readonly line: number }
  | { readonly k: 'name'; readonly name: string; readonly line: number }
  | { readonly k: 'member'; readonly object: Expr; readonly name: string; readonly line: number }
  | { readonly k: 'index'; readonly object: Expr; readonly index: Expr; readonly line: number }
  | {
      readonly k: 'call';
      readonly callee: Expr;
      readonly args: readonly Arg[];
      readonly isNew?: boolean;
      readonly line: number;
    }
  /** Items may be `spread`. Tuples, sets and arrays too. */
  | { readonly k: 'list'; readonly items: readonly Expr[]; readonly line: number }
  /** `key: null` spreads `value` into the dictionary. */
  | { readonly k: 'dict'; readonly entries: readonly DictEntry[]; readonly line: number }
  | { readonly k: 'spread'; readonly value: Expr; readonly line: number }
  | { readonly k: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr; readonly line: number }
  | { readonly k: 'not'; readonly value: Expr; readonly line: number }
  | { readonly k: 'cond'; readonly test: Expr; readonly then: Expr; readonly otherwise: Expr; readonly line: number }
  | { readonly k: 'function'; readonly fn: FunctionIr; readonly line: number }
  | { readonly k: 'class'; readonly cls: ClassIr; readonly line: number }
  /** A module as a value: `require('./x')`, `import('./x')`. */
  | { readonly k: 'import'; readonly source: string; readonly line: number }
  | { readonly k: 'assign'; readonly target: Expr; readonly value: Expr; readonly line: number }
  | {
      readonly k: 'comprehension';
      readonly body: Expr;
      /** Set for a comprehension that makes a dictionary: `body` is the value then. */
      readonly key?: Expr;
      readonly target: Expr;
      readonly iterable: Expr;
      /** Items for which it is false are left out. */
      readonly test?: Expr;
      readonly line: number;
    }
  | { readonly k: 'unknown'; readonly parts: readonly Expr[]; readonly line: number };

/** `name` for keyword arguments; `spread` for `*args` and `...args` (list) and `**kwargs` (dict). */
export interface Arg {
  readonly value: Expr;
  readonly name?: string;
  readonly spread?: 'list' | 'dict';
}

export interface DictEntry {
  readonly key: Expr | null;
  readonly value: Expr;
}

/**
 * Targets of `assign` and `for` and patterns of parameters are expressions: a `name`, `member` or `index`, a `list` (with
 * `spread`) or a `dict` whose values are targets (JavaScript's `{ a: b = 1 }`; a default is an `assign`).
 */
export type Stmt =
  | { readonly k: 'expr'; readonly value: Expr; readonly line: number }
  /** `declares`: binds in this scope even when an outer one has the name. */
  | {
      readonly k: 'assign';
      readonly target: Expr;
      readonly value: Expr;
      readonly type?: Expr;
      readonly declares: boolean;
      readonly line: number;
    }
  /** `x += value`; `op` without the equals sign. */
  | { readonly k: 'augment'; readonly target: Expr; readonly op: string; readonly value: Expr; readonly line: number }
  | { readonly k: 'function'; readonly fn: FunctionIr; readonly line: number }
  | { readonly k: 'class'; readonly cls: ClassIr; readonly line: number }
  | {
      readonly k: 'import';
      readonly source: string;
      readonly bindings: readonly ImportBinding[];
      readonly line: number;
    }
  /** Makes `value` known to importers under `name`. */
  | { readonly k: 'export'; readonly name: string; readonly value: Expr; readonly line: number }
  | {
      readonly k: 'exportFrom';
      readonly source: string;
      readonly bindings: readonly ImportBinding[];
      readonly line: number;
    }
  /** Every branch is followed. `branches` of a try, switch or match are alternatives too. */
  | {
      readonly k: 'branch';
      readonly test?: Expr;
      readonly branches: readonly (readonly Stmt[])[];
      /** Of a switch: what `test` equals in each branch; null for the default. */
      readonly cases?: readonly (Expr | null)[];
      readonly line: number;
    }
  /** These names are bound in an outer scope from here on (`global`). */
  | { readonly k: 'outer'; readonly names: readonly string[]; readonly line: number }
  /** `isScope`: what is declared inside ends with it. */
  | { readonly k: 'block'; readonly body: readonly Stmt[]; readonly isScope?: boolean; readonly line: number }
  /** Adds functions to a class of that name which stands elsewhere (methods of Go, `impl` of Rust). */
  | { readonly k: 'extend'; readonly name: string; readonly body: readonly Stmt[]; readonly line: number }
  | {
      readonly k: 'for';
      readonly target: Expr;
      readonly iterable: Expr;
      /** Iterates over keys (`for in` of JavaScript, dictionaries of Python). */
      readonly overKeys: boolean;
      readonly body: readonly Stmt[];
      readonly line: number;
    }
  | { readonly k: 'return'; readonly value: Expr | null; readonly line: number };

/** `name: null` binds the module itself, `'*'` all its names (then `local` is empty). */
export interface ImportBinding {
  readonly name: string | null;
  readonly local: string;
}

export interface Param {
  /** A name, or a destructuring pattern. */
  readonly target: Expr;
  readonly default?: Expr;
  readonly type?: Expr;
  readonly rest?: 'list' | 'dict';
  readonly decorators?: readonly Expr[];
  /** After `*` in Python: given by name only. */
  readonly keywordOnly?: boolean;
}

export interface FunctionIr {
  readonly file: string;
  /** Empty for a function without a name of its own. */
  readonly name: string;
  readonly params: readonly Param[];
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
  /** Line of `def` or `function`, not of a decorator. */
  readonly line: number;
  readonly endLine: number;
  /** Declared type of the result. */
  readonly returns?: Expr;
  readonly isStatic?: boolean;
  /** Its `self` is the class. */
  readonly isClassMethod?: boolean;
  readonly isGetter?: boolean;
  /** Where a program starts: followed as far as it goes. */
  readonly isEntry?: boolean;
  /** The named function that gives this nameless one back: where a person looks for it (`func (s *S) show() http.HandlerFunc`). */
  readonly madeBy?: { readonly name: string; readonly line: number; readonly endLine: number };
  /** Words such as `abstract`, `public`, `protected`, where a language has them. */
  readonly modifiers?: readonly string[];
}

export interface ClassIr {
  readonly file: string;
  readonly name: string;
  readonly bases: readonly Expr[];
  /** Named arguments in the head of a class (`metaclass=`, Sanic's `attach=`). */
  readonly keywords?: readonly Arg[];
  readonly decorators: readonly Expr[];
  /** Words such as `abstract`, and `interface`, `enum`, `annotation`, `trait` for what is no plain class. */
  readonly modifiers?: readonly string[];
  /** A struct: made of its arguments, by name or in the order of its fields; a field not given is what its type says. */
  readonly isRecord?: boolean;
  /** A module within a file: what it holds is reached by its name, and its declarations are unordered. */
  readonly isNamespace?: boolean;
  /** Fields of a record whose members are its own members too. */
  readonly embeds?: readonly string[];
  /** The type of the items of a named list; such a class makes lists. */
  readonly items?: Expr;
  /** Called without `new` it converts: the argument stays what it is. */
  readonly isConversion?: boolean;
  /** Methods as `function`, attributes as `assign` to a `name`, in source order. Instance fields too. */
  readonly body: readonly Stmt[];
  readonly line: number;
  readonly endLine: number;
}

/** One source file, lowered. */
export interface ModuleIr {
  readonly file: string;
  readonly body: readonly Stmt[];
  /** 1-based line of the first syntax error, when there is one. */
  readonly syntaxErrorLine: number | null;
  /** Declarations may use what stands below them or in another file of the namespace. */
  readonly isUnordered?: boolean;
  /** Namespaces whose names are seen without an import, innermost first (`''` is the global one). */
  readonly namespaces?: readonly string[];
}
