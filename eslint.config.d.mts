/** What one room may import; the file itself says why. */
export interface Room {
  readonly may: readonly string[];
  readonly node?: boolean;
  readonly vscode?: boolean;
  readonly why: string;
}

export declare const ROOMS: Readonly<Record<string, Room>>;
export declare const IMPORTERS: Readonly<Record<string, string>>;
