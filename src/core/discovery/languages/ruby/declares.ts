const DEFINITION = /^([ \t]*)(?:module|class)[ \t]+((?:::)?[A-Z]\w*(?:::[A-Z]\w*)*)/gm;

/**
 * The modules and classes that a Ruby file defines, by their full name with dots. Nesting is told by indentation.
 *
 * Examples: `module A` with an indented `class B::C` within gives `A` and `A.B.C`.
 */
export function declaredRubyNames(text: string): readonly string[] {
  const open: { readonly indent: number; readonly name: string }[] = [];
  return [...text.matchAll(DEFINITION)].map(([, spaces = '', written = '']) => {
    const indent = spaces.length;
    while ((open[open.length - 1]?.indent ?? -1) >= indent) open.pop();
    const own = written.replace(/^::/, '').replaceAll('::', '.');
    const outer = open[open.length - 1]?.name;
    const name = outer === undefined || written.startsWith('::') ? own : `${outer}.${own}`;
    open.push({ indent, name });
    return name;
  });
}
