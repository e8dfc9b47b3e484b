/** Where in a file something is lowered. */
export interface RustContext {
  readonly file: string;
  /** Names that the file declares or imports: the first part of a path is one of these, or a crate. */
  readonly declared: ReadonlySet<string>;
  /** Functions of the scope around it: an attribute of the same name is a macro, which has a name of its own kind. */
  readonly functions: ReadonlySet<string>;
  /** The inline modules around it, outermost first. */
  readonly modules: readonly string[];
}
