const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  men: 'man',
  women: 'woman',
  children: 'child',
  sexes: 'sex',
  moves: 'move',
  zombies: 'zombie',
  oxen: 'ox',
  quizzes: 'quiz',
  mice: 'mouse',
  lice: 'louse',
  statuses: 'status',
  aliases: 'alias',
  buses: 'bus',
  octopi: 'octopus',
  viri: 'virus',
  axes: 'axis',
  crises: 'crisis',
  shoes: 'shoe',
  databases: 'database',
  data: 'datum',
  media: 'medium',
};

const UNCOUNTABLE = new Set('equipment information rice money species series fish sheep jeans police news'.split(' '));

const RULES: readonly (readonly [RegExp, string])[] = [
  [/(ss)$/, '$1'],
  [/(matr)ices$/, '$1ix'],
  [/(vert|ind)ices$/, '$1ex'],
  [/(cris|test)(?:is|es)$/, '$1is'],
  [/(x|ch|ss|sh)es$/, '$1'],
  [/(m)ovies$/, '$1ovie'],
  [/([^aeiouy]|qu)ies$/, '$1y'],
  [/([lr])ves$/, '$1f'],
  [/(tive|hive)s$/, '$1'],
  [/([^f])ves$/, '$1fe'],
  [/((?:a)naly|(?:b)a|(?:d)iagno|(?:p)arenthe|(?:p)rogno|(?:s)ynop|(?:t)he)ses$/, '$1sis'],
  [/([ti])a$/, '$1um'],
  [/(o)es$/, '$1'],
  [/(us)(?:es)?$/, '$1'],
  [/s$/, ''],
];

/** The singular that Rails makes of a resource's name. Examples: `categories` is `category`, `line_items` is `line_item`. */
export function singular(name: string): string {
  const at = name.lastIndexOf('_') + 1;
  const before = name.slice(0, at);
  const word = name.slice(at);
  if (UNCOUNTABLE.has(word)) return name;
  const known = IRREGULAR[word];
  if (known !== undefined) return before + known;
  const rule = RULES.find(([pattern]) => pattern.test(word));
  return before + (rule ? word.replace(rule[0], rule[1]) : word);
}

/** The plural that Rails makes of a singular resource's name. Examples: `profile` is `profiles`, `category` `categories`. */
export function plural(name: string): string {
  const at = name.lastIndexOf('_') + 1;
  const before = name.slice(0, at);
  const word = name.slice(at);
  if (UNCOUNTABLE.has(word)) return name;
  const known = Object.entries(IRREGULAR).find(([, one]) => one === word)?.[0];
  if (known !== undefined) return before + known;
  if (/(?:x|ch|ss|sh|z)$/.test(word)) return `${before}${word}es`;
  if (/[^aeiou]y$/.test(word)) return `${before}${word.slice(0, -1)}ies`;
  return word.endsWith('s') ? name : `${before}${word}s`;
}

/** Class name of a path: `admin/user_items` is `Admin.UserItems`. */
export function camelized(path: string): string {
  const words = (part: string): string =>
    part.replace(/(?:^|_)([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
  return path.split('/').filter(Boolean).map(words).join('.');
}
