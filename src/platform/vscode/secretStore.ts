import { l10n, window, type SecretStorage } from 'vscode';

/**
 * Secrets of a workspace folder (its path), in the editor's secret storage: the operating system's keychain where there is one.
 * A folder never sees those of another, so that no project's file can ask for a secret that was typed elsewhere.
 */
export class SecretStore {
  readonly #storage: SecretStorage;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
  }

  /** All secrets of a folder, by name. */
  async all(folder: string): Promise<ReadonlyMap<string, string>> {
    const text = await this.#storage.get(keyOf(folder));
    if (text === undefined) return new Map();
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }

  async set(folder: string, secrets: ReadonlyMap<string, string>): Promise<void> {
    const all = new Map([...(await this.all(folder)), ...secrets]);
    await this.#storage.store(keyOf(folder), JSON.stringify(Object.fromEntries(all)));
  }

  async delete(folder: string, name: string): Promise<void> {
    const all = [...(await this.all(folder))].filter(([each]) => each !== name);
    await this.#storage.store(keyOf(folder), JSON.stringify(Object.fromEntries(all)));
  }

  /** The value of a secret; asks for it when there is none, and keeps it. Undefined when the person gave up. */
  async valueOf(name: string, folder: string | null): Promise<string | undefined> {
    const kept = (await this.all(folder ?? '')).get(name);
    if (kept !== undefined) return kept;
    const typed = await this.ask(name);
    if (typed === undefined) return undefined;
    await this.set(folder ?? '', new Map([[name, typed]]));
    return typed;
  }

  /** Asks for a value without showing it. */
  async ask(name: string): Promise<string | undefined> {
    const typed = await window.showInputBox({
      title: l10n.t('Secret: {0}', name),
      prompt: l10n.t(
        'The value is kept in the secret storage of VS Code and in no file; requests refer to it as {0}.',
        `\${secret:${name}}`,
      ),
      password: true,
      ignoreFocusOut: true,
    });
    return typed === '' ? undefined : typed;
  }
}

function keyOf(folder: string): string {
  return `secrets:${folder}`;
}
