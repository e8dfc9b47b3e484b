import { csharp } from './csharp/csharp';
import type { LanguageFrontend } from './frontend';
import { go } from './go/go';
import { java } from './java/java';
import { javascript } from './javascript/javascript';
import { php } from './php/php';
import { python } from './python/python';
import { ruby } from './ruby/ruby';
import { rust } from './rust/rust';

/** Every source language that discovery reads. */
export const LANGUAGES: readonly LanguageFrontend[] = [python, javascript, java, go, ruby, rust, php, csharp];

/** The language of a file by its name; undefined for what discovery does not read. */
export function languageOf(file: string): LanguageFrontend | undefined {
  return LANGUAGES.find((language) => language.owns(file));
}
