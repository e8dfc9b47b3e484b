import type { FrameworkModel } from './frameworks/model';
import type { SourceFiles } from './languages/frontend';
import { languageOf } from './languages/registry';

/** The files of one evaluation, with the questions that import resolution asks of them. */
export class WorkspaceFiles implements SourceFiles {
  readonly #files: ReadonlyMap<string, { readonly text: string }>;
  readonly #folders = new Map<string, string[]>();
  readonly #packages: ReadonlySet<string>;
  #packageFolders: Map<string, string> | null = null;
  readonly #declaring = new Map<string, Map<string, string[]>>();

  constructor(files: ReadonlyMap<string, { readonly text: string }>, models: readonly FrameworkModel[]) {
    this.#files = files;
    this.#packages = new Set(models.flatMap((model) => model.packages));
    for (const file of files.keys()) {
      const slash = file.lastIndexOf('/');
      const folder = slash < 0 ? '' : file.slice(0, slash);
      this.#folderEntries(folder).push(file);
    }
  }

  /** Every known file. */
  names(): Iterable<string> {
    return this.#files.keys();
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  hasFolder(folder: string): boolean {
    return this.#folders.has(folder);
  }

  filesIn(folder: string): readonly string[] {
    return this.#folders.get(folder) ?? [];
  }

  isFramework(name: string): boolean {
    return this.#packages.has(name);
  }

  packageFolder(name: string): string | undefined {
    if (!this.#packageFolders) {
      this.#packageFolders = new Map();
      for (const [file, { text }] of this.#files) {
        const folder = /^(?:(.*)\/)?package\.json$/.exec(file);
        const given = folder && /"name"\s*:\s*"([^"]+)"/.exec(text)?.[1];
        if (given && !this.#packageFolders.has(given)) this.#packageFolders.set(given, folder[1] ?? '');
      }
    }
    return this.#packageFolders.get(name);
  }

  text(file: string): string | undefined {
    return this.#files.get(file)?.text;
  }

  declaring(language: string, name: string): readonly string[] {
    let known = this.#declaring.get(language);
    if (!known) {
      known = new Map();
      this.#declaring.set(language, known);
      for (const [file, { text }] of this.#files) {
        const frontend = languageOf(file);
        if (frontend?.id !== language) continue;
        for (const one of new Set(frontend.declares?.(text, file) ?? [])) {
          const files = known.get(one);
          if (files) files.push(file);
          else known.set(one, [file]);
        }
      }
    }
    return known.get(name) ?? [];
  }

  /** The list of a folder; makes it and those above it known. */
  #folderEntries(folder: string): string[] {
    let entries = this.#folders.get(folder);
    if (!entries) {
      entries = [];
      this.#folders.set(folder, entries);
      const slash = folder.lastIndexOf('/');
      if (folder !== '') this.#folderEntries(slash < 0 ? '' : folder.slice(0, slash));
    }
    return entries;
  }
}
