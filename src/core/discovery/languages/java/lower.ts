import type { ClassIr, Expr, FunctionIr, ModuleIr, Param, Stmt } from '../../ir';
import type { SyntaxNode, SyntaxTree } from '../../syntax';
import { annotationsOf, lowerJavaExpression, lowerJavaType, type JavaScope } from './expressions';
import { lowerJavaBlock } from './statements';

/** Declarations of types by node: what they are when they are no plain class. */
const TYPE_NODES: Readonly<Record<string, string>> = {
  class_declaration: '',
  interface_declaration: 'interface',
  annotation_type_declaration: 'annotation',
  enum_declaration: 'enum',
  record_declaration: 'record',
};

/**
 * Lowers Java.
 *
 * Examples: `@GetMapping("/x")` on a method is a decorator that is a call; `find()` in a method of the class is
 * `this.find()`; `handler::list` is the member `list` of `handler`; a constructor is a method of that name.
 */
export function lowerJava(tree: SyntaxTree, file: string): ModuleIr {
  const staticNames = new Set<string>();
  const body: Stmt[] = [];
  let space = '';
  for (const node of tree.root.named) {
    if (node.type === 'package_declaration') space = node.named[node.named.length - 1]?.text ?? '';
    else if (node.type === 'import_declaration') body.push(lowerImport(node, staticNames));
    else if (node.type in TYPE_NODES) {
      const cls = lowerJavaClass(node, { file, staticNames, self: null });
      body.push({ k: 'class', cls, line: cls.line });
    }
  }
  return { file, body, syntaxErrorLine: tree.errorLine, namespaces: [space] };
}

function lowerImport(node: SyntaxNode, staticNames: Set<string>): Stmt {
  const { line } = node;
  const source = node.named[0]?.text.replace(/\s/g, '') ?? '';
  if (node.childOfType('asterisk')) return { k: 'import', source, bindings: [{ name: '*', local: '' }], line };
  const local = source.slice(source.lastIndexOf('.') + 1);
  if (node.hasToken('static')) staticNames.add(local);
  return { k: 'import', source, bindings: [{ name: null, local }], line };
}

/** A class, interface, enum, record or annotation type. */
function lowerJavaClass(node: SyntaxNode, outer: JavaScope): ClassIr {
  const { file } = outer;
  const body = node.child('body');
  const members = body?.named.flatMap((member) => (member.type === 'enum_body_declarations' ? member.named : [member]));
  const methods = new Set(
    members?.filter(({ type }) => type === 'method_declaration').map((one) => one.child('name')?.text ?? ''),
  );
  const scope: JavaScope = { ...outer, self: { methods, isStatic: true } };
  const above = [node.child('superclass'), node.child('interfaces'), node.childOfType('extends_interfaces')];
  const bases = above
    .flatMap((part) => part?.named ?? [])
    .flatMap((part) => (part.type === 'type_list' || part.type === 'interface_type_list' ? part.named : [part]));
  const kind = TYPE_NODES[node.type] ?? '';
  return {
    file,
    name: node.child('name')?.text ?? '',
    bases: bases.map((base) => lowerJavaType(base.type === 'generic_type' ? base.named[0] : base)),
    decorators: annotationsOf(node, scope),
    modifiers: [...modifiersOf(node), ...(kind === '' ? [] : [kind])],
    body: (members ?? []).flatMap((member) => lowerMember(member, scope)),
    line: node.child('name')?.line ?? node.line,
    endLine: node.endLine,
  };
}

function modifiersOf(node: SyntaxNode): string[] {
  const words = node.childOfType('modifiers')?.all ?? [];
  return words.filter(({ isNamed }) => !isNamed).map(({ type }) => type);
}

function lowerMember(node: SyntaxNode, scope: JavaScope): Stmt[] {
  const { line } = node;
  switch (node.type) {
    case 'field_declaration':
    case 'constant_declaration':
      return lowerFields(node, scope);
    case 'enum_constant': {
      const name = node.child('name')?.text ?? '';
      return [declared(name, { k: 'const', value: name, line }, line)];
    }
    case 'method_declaration':
    case 'constructor_declaration':
    case 'annotation_type_element_declaration':
      return [{ k: 'function', fn: lowerMethod(node, scope), line }];
    case 'static_initializer':
      return lowerJavaBlock(node.named[0], scope);
    default:
      if (!(node.type in TYPE_NODES)) return [];
      return [{ k: 'class', cls: lowerJavaClass(node, scope), line }];
  }
}

function lowerFields(node: SyntaxNode, scope: JavaScope): Stmt[] {
  const type = lowerJavaType(node.child('type'));
  return node.fieldChildren('declarator').map((declarator): Stmt => {
    const name = declarator.child('name')?.text ?? '';
    const given = declarator.child('value');
    const value: Expr = given ? lowerJavaExpression(given, scope) : { k: 'unknown', parts: [], line: declarator.line };
    return { ...declared(name, value, declarator.line), type };
  });
}

function declared(name: string, value: Expr, line: number): Stmt & { k: 'assign' } {
  return { k: 'assign', declares: true, target: { k: 'name', name, line }, value, line };
}

function lowerMethod(node: SyntaxNode, outer: JavaScope): FunctionIr {
  const modifiers = modifiersOf(node);
  const isStatic = modifiers.includes('static');
  const scope: JavaScope = { ...outer, self: outer.self && { ...outer.self, isStatic } };
  const type = node.child('type');
  const value = node.child('value');
  const fallback: Stmt[] = value ? [{ k: 'return', value: lowerJavaExpression(value, scope), line: value.line }] : [];
  return {
    file: outer.file,
    name: node.type === 'constructor_declaration' ? 'constructor' : (node.child('name')?.text ?? ''),
    params: (node.child('parameters')?.named ?? []).flatMap((param) => lowerParam(param, scope)),
    decorators: annotationsOf(node, scope),
    body: [...fallback, ...lowerJavaBlock(node.child('body'), scope)],
    modifiers: node.child('body') || modifiers.includes('native') ? modifiers : [...modifiers, 'abstract'],
    line: node.child('name')?.line ?? node.line,
    endLine: node.endLine,
    ...(type ? { returns: lowerJavaType(type) } : {}),
    ...(isStatic ? { isStatic } : {}),
  };
}

function lowerParam(node: SyntaxNode, scope: JavaScope): Param[] {
  const isRest = node.type === 'spread_parameter';
  if (node.type !== 'formal_parameter' && !isRest) return [];
  const name = node.child('name') ?? node.childOfType('variable_declarator')?.child('name');
  const type = isRest ? node.named.find((part) => part.type !== 'modifiers') : node.child('type');
  const decorators = annotationsOf(node, scope);
  return [
    {
      target: { k: 'name', name: name?.text ?? '', line: node.line },
      ...(type ? { type: lowerJavaType(type) } : {}),
      ...(isRest ? { rest: 'list' as const } : {}),
      ...(decorators.length > 0 ? { decorators } : {}),
    },
  ];
}
