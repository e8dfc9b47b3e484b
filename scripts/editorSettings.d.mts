export const SETTINGS: Readonly<Record<string, unknown>>;
