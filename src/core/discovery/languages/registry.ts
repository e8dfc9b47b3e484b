import type { LanguageFrontend } from './frontend';
import { java } from './java/java';
import { javascript } from './javascript/javascript';
import { python } from './python/python';

/** Every source language that discovery reads. */
export const LANGUAGES: readonly LanguageFrontend[] = [python, javascript, java];

export function languageOf(file: string): LanguageFrontend | undefined {
  return LANGUAGES.find((language) => language.owns(file));
}
