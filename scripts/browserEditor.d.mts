/** The program and the script that run the browser editor. */
export interface EditorInstall {
  readonly node: string;
  readonly entry: string;
}

/** A browser editor that listens. */
export interface RunningEditor {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  output(): string;
  stop(): Promise<void>;
}

export const EXTENSION_PARTS: readonly string[];
export function installEditor(options?: { log?: (line: string) => void }): Promise<EditorInstall>;
export function isEditorInstalled(): boolean;
export function stageExtension(options: {
  from?: string;
  extensionsDir: string;
  as?: 'links' | 'copies';
}): Promise<string>;
export function startEditor(options: {
  install: EditorInstall;
  port?: number;
  workspace: string | null;
  userDataDir: string;
  extensionsDir: string;
  settings?: Readonly<Record<string, unknown>>;
  isTrustAsked?: boolean;
  env?: Readonly<Record<string, string>>;
}): Promise<RunningEditor>;
export function editorUrl(base: string, workspace: string | null): string;
