import type { ClassIr, Expr, FunctionIr, ModuleIr, Param, Stmt } from '../../ir';
import type { SyntaxNode, SyntaxTree } from '../../syntax';
import { attributesOf, lowerPhpExpression, lowerPhpType } from './expressions';
import { phpClassName, readPhpNames, type PhpNames } from './names';
import { lowerPhpBlock, lowerPhpStatement } from './statements';

const TYPE_NODES: Readonly<Record<string, string>> = {
  class_declaration: '',
  interface_declaration: 'interface',
  trait_declaration: 'trait',
  enum_declaration: 'enum',
};

/**
 * Lowers PHP.
 *
 * Examples: `A::b()` is a call of the member `b` of the full name of `A`; `A::class` is `A`; `[A::class, 'b']` and
 * `A::class . ':b'` are lists of both; attributes are decorators; `require $x` is a call of `#include`.
 */
export function lowerPhp(tree: SyntaxTree, file: string): ModuleIr {
  const names = readPhpNames(tree.root.named, file);
  const namespaces = names.namespace === '' ? [''] : [names.namespace, ''];
  return { file, body: lowerPhpTop(tree.root.named, names), syntaxErrorLine: tree.errorLine, namespaces };
}

function lowerPhpTop(nodes: readonly SyntaxNode[], names: PhpNames): Stmt[] {
  return nodes.flatMap((node): Stmt[] => {
    if (node.type === 'namespace_definition') return lowerPhpTop(node.child('body')?.named ?? [], names);
    if (node.type === 'namespace_use_declaration' || node.type === 'php_tag') return [];
    return lowerPhpStatement(node, names);
  });
}

/** A declaration of a type or function; undefined for other statements. */
export function lowerPhpDeclaration(node: SyntaxNode, names: PhpNames): Stmt[] | undefined {
  if (node.type === 'function_definition') {
    return [{ k: 'function', fn: lowerPhpFunction(node, names), line: node.line }];
  }
  if (node.type === 'const_declaration') return lowerConstants(node, names);
  if (!(node.type in TYPE_NODES)) return undefined;
  const cls = lowerPhpClass(node, names);
  return [{ k: 'class', cls, line: cls.line }];
}

function lowerPhpClass(node: SyntaxNode, outer: PhpNames): ClassIr {
  const name = node.child('name')?.text ?? '';
  const names: PhpNames = {
    ...outer,
    cls: phpClassName(`\\${[outer.namespace, name].filter(Boolean).join('.')}`, outer),
  };
  const members = node.child('body')?.named ?? [];
  const above = ['base_clause', 'class_interface_clause'].flatMap((type) => node.childOfType(type)?.named ?? []);
  const traits = members.filter(({ type }) => type === 'use_declaration').flatMap((use) => use.named);
  const kind = TYPE_NODES[node.type] ?? '';
  return {
    file: outer.file,
    name,
    bases: [...above, ...traits]
      .filter(({ type }) => type === 'name' || type === 'qualified_name')
      .map((base): Expr => ({ k: 'name', name: phpClassName(base.text, outer), line: base.line })),
    decorators: attributesOf(node, names),
    modifiers: [...modifiersOf(node), ...(kind === '' ? [] : [kind])],
    body: members.flatMap((member) => lowerMember(member, names)),
    line: node.child('name')?.line ?? node.line,
    endLine: node.endLine,
  };
}

function modifiersOf(node: SyntaxNode): string[] {
  return node.named.filter(({ type }) => type.endsWith('_modifier')).map(({ text }) => text);
}

function lowerMember(node: SyntaxNode, names: PhpNames): Stmt[] {
  const { line } = node;
  if (node.type === 'method_declaration') return [{ k: 'function', fn: lowerPhpFunction(node, names), line }];
  if (node.type === 'const_declaration') return lowerConstants(node, names);
  if (node.type === 'enum_case') {
    const given = node.child('value');
    const name = node.child('name')?.text ?? '';
    const value: Expr = given ? lowerPhpExpression(given, names) : { k: 'const', value: name, line };
    return [{ k: 'assign', declares: true, target: { k: 'name', name, line }, value, line }];
  }
  if (node.type !== 'property_declaration') return [];
  const type = node.child('type');
  return node.named
    .filter((element) => element.type === 'property_element')
    .map((element): Stmt => {
      const given = element.child('default_value');
      const name = element.child('name')?.text.replace(/^\$/, '') ?? '';
      const value: Expr = given ? lowerPhpExpression(given, names) : { k: 'unknown', parts: [], line };
      const told = type ? { type: lowerPhpType(type, names) } : {};
      return { k: 'assign', declares: true, target: { k: 'name', name, line }, value, line, ...told };
    });
}

function lowerConstants(node: SyntaxNode, names: PhpNames): Stmt[] {
  return node.named
    .filter(({ type }) => type === 'const_element')
    .map((element): Stmt => {
      const { line } = element;
      const target: Expr = { k: 'name', name: element.named[0]?.text ?? '', line };
      return { k: 'assign', declares: true, target, value: lowerPhpExpression(element.named[1], names), line };
    });
}

/** A method, function, closure or arrow function. */
export function lowerPhpFunction(node: SyntaxNode, names: PhpNames): FunctionIr {
  const name = node.child('name')?.text ?? '';
  const body = node.child('body');
  const returns = node.child('return_type');
  const modifiers = modifiersOf(node);
  const params = node.child('parameters')?.named ?? [];
  const promoted = params.filter(({ type }) => type === 'property_promotion_parameter');
  const statements: Stmt[] =
    node.type === 'arrow_function'
      ? [{ k: 'return', value: lowerPhpExpression(body, names), line: node.line }]
      : lowerPhpBlock(body, names);
  return {
    file: names.file,
    name: name === '__construct' ? 'constructor' : name,
    params: params.map((param) => lowerParam(param, names)),
    decorators: attributesOf(node, names),
    body: [...promoted.map((param) => promotion(param)), ...statements],
    modifiers: body || node.type !== 'method_declaration' ? modifiers : [...modifiers, 'abstract'],
    line: node.child('name')?.line ?? node.line,
    endLine: node.endLine,
    ...(returns ? { returns: lowerPhpType(returns, names) } : {}),
    ...(modifiers.includes('static') && name !== '' ? { isStatic: true } : {}),
  };
}

/** `__construct(private Service $service)` assigns. */
function promotion(param: SyntaxNode): Stmt {
  const { line } = param;
  const name = param.child('name')?.text ?? '';
  const object: Expr = { k: 'name', name: '$this', line };
  const target: Expr = { k: 'member', object, name: name.replace(/^\$/, ''), line };
  return { k: 'assign', declares: true, target, value: { k: 'name', name, line }, line };
}

function lowerParam(node: SyntaxNode, names: PhpNames): Param {
  const type = node.child('type');
  const value = node.child('default_value');
  const decorators = attributesOf(node, names);
  return {
    target: { k: 'name', name: node.child('name')?.text ?? '', line: node.line },
    ...(type ? { type: lowerPhpType(type, names) } : {}),
    ...(value ? { default: lowerPhpExpression(value, names) } : {}),
    ...(node.type === 'variadic_parameter' ? { rest: 'list' as const } : {}),
    ...(decorators.length > 0 ? { decorators } : {}),
  };
}
