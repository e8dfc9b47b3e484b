import type { ClassIr, Expr, FunctionIr, ModuleIr, Param, Stmt } from '../../ir';
import type { SyntaxNode, SyntaxTree } from '../../syntax';
import { attributesOf, initializerOf, lowerCSharpExpression, lowerCSharpType, nameText } from './expressions';
import { lowerCSharpBlock, lowerCSharpStatement } from './statements';

const TYPE_NODES: Readonly<Record<string, string>> = {
  class_declaration: '',
  record_declaration: 'record',
  struct_declaration: 'struct',
  interface_declaration: 'interface',
  enum_declaration: 'enum',
};

/**
 * Lowers C#.
 *
 * Examples: `[HttpGet("x")]` is a decorator that calls `HttpGetAttribute`; `static X Map(this Y y)` is known as `.Map` in
 * the module, too; statements outside of types are the module's; `A<T>` is `A`.
 */
export function lowerCSharp(tree: SyntaxTree, file: string): ModuleIr {
  const spaces = new Set<string>();
  // Types and local functions are known before the statements that stand above them.
  const isHoisted = (node: SyntaxNode): boolean =>
    node.type !== 'global_statement' || node.named[0]?.type === 'local_function_statement';
  const { named } = tree.root;
  const ordered = [...named.filter(isHoisted), ...named.filter((node) => !isHoisted(node))];
  const body = lowerTop(ordered, file, spaces);
  return { file, body, syntaxErrorLine: tree.errorLine, namespaces: [...spaces, '', '*'] };
}

function lowerTop(nodes: readonly SyntaxNode[], file: string, spaces: Set<string>): Stmt[] {
  return nodes.flatMap((node): Stmt[] => {
    switch (node.type) {
      case 'using_directive':
        return lowerUsing(node, spaces);
      case 'file_scoped_namespace_declaration':
      case 'namespace_declaration': {
        const parts = (node.child('name')?.text ?? '').replace(/\s/g, '').split('.');
        for (let count = parts.length; count > 0; count--) spaces.add(parts.slice(0, count).join('.'));
        const body = node.child('body');
        // A file-scoped namespace holds what follows it, in some versions of the grammar as its own children.
        return lowerTop(body ? body.named : node.named.filter(({ field }) => field !== 'name'), file, spaces);
      }
      case 'global_statement':
        return node.named.flatMap((child) => lowerCSharpStatement(child, file));
      default:
        return lowerCSharpDeclaration(node, file) ?? [];
    }
  });
}

function lowerUsing(node: SyntaxNode, spaces: Set<string>): Stmt[] {
  const { line } = node;
  const alias = node.child('name');
  const target = node.named[node.named.length - 1];
  const source = (target?.text ?? '').replace(/\s/g, '');
  if (alias && alias !== target) return [{ k: 'import', source, bindings: [{ name: null, local: alias.text }], line }];
  if (node.hasToken('static')) return [{ k: 'import', source, bindings: [{ name: '*', local: '' }], line }];
  spaces.add(source);
  return [];
}

/** A type, with its extension methods; undefined for anything else. */
function lowerCSharpDeclaration(node: SyntaxNode, file: string): Stmt[] | undefined {
  if (!(node.type in TYPE_NODES)) return undefined;
  const cls = lowerClass(node, file);
  const owner: Expr = { k: 'name', name: cls.name, line: cls.line };
  const extensions = (node.child('body')?.named ?? []).filter((member) => isExtension(member));
  return [
    { k: 'class', cls, line: cls.line },
    ...extensions.map((member): Stmt => {
      const { line } = member;
      const name = member.child('name')?.text ?? '';
      const target: Expr = { k: 'name', name: `.${name}`, line };
      return { k: 'assign', declares: true, target, value: { k: 'member', object: owner, name, line }, line };
    }),
  ];
}

function isExtension(member: SyntaxNode): boolean {
  const first = member.type === 'method_declaration' ? member.child('parameters')?.named[0] : undefined;
  return first?.childOfType('modifier')?.text === 'this';
}

function lowerClass(node: SyntaxNode, file: string): ClassIr {
  const bases = node.childOfType('base_list')?.named ?? [];
  const kind = TYPE_NODES[node.type] ?? '';
  return {
    file,
    name: node.child('name')?.text ?? '',
    bases: bases
      .filter(({ type }) => type !== 'argument_list')
      .map((base) => lowerCSharpType(base.type === 'primary_constructor_base_type' ? base.named[0] : base)),
    decorators: attributesOf(node, file),
    modifiers: [...modifiersOf(node), ...(kind === '' ? [] : [kind])],
    body: (node.child('body')?.named ?? []).flatMap((member) => lowerMember(member, file)),
    line: node.child('name')?.line ?? node.line,
    endLine: node.endLine,
  };
}

function modifiersOf(node: SyntaxNode): string[] {
  return node.named.filter(({ type }) => type === 'modifier').map(({ text }) => text);
}

function lowerMember(node: SyntaxNode, file: string): Stmt[] {
  const { line } = node;
  switch (node.type) {
    case 'field_declaration': {
      const declaration = node.childOfType('variable_declaration');
      const type = lowerCSharpType(declaration?.child('type'));
      const variables = declaration?.named.filter((part) => part.type === 'variable_declarator') ?? [];
      return variables.map((variable): Stmt => {
        const value = lowerCSharpExpression(initializerOf(variable), file);
        return { k: 'assign', declares: true, target: nameOf(variable), value, type, line: variable.line };
      });
    }
    case 'property_declaration': {
      const given = node.child('value');
      const value = given?.type === 'arrow_expression_clause' ? given.named[0] : given;
      const type = lowerCSharpType(node.child('type'));
      return [
        { k: 'assign', declares: true, target: nameOf(node), value: lowerCSharpExpression(value, file), type, line },
      ];
    }
    case 'enum_member_declaration': {
      const name = node.child('name')?.text ?? '';
      return [{ k: 'assign', declares: true, target: nameOf(node), value: { k: 'const', value: name, line }, line }];
    }
    case 'method_declaration':
    case 'constructor_declaration':
      return [{ k: 'function', fn: lowerCSharpFunction(node, file), line }];
    default:
      return lowerCSharpDeclaration(node, file) ?? [];
  }
}

function nameOf(node: SyntaxNode): Expr {
  return { k: 'name', name: node.child('name')?.text ?? '', line: node.line };
}

/** A method, local function or lambda. */
export function lowerCSharpFunction(node: SyntaxNode, file: string): FunctionIr {
  const body = node.child('body');
  const modifiers = modifiersOf(node);
  const returns = node.child('returns') ?? (node.type === 'local_function_statement' ? node.child('type') : undefined);
  const isBlock = body?.type === 'block';
  const value = body?.type === 'arrow_expression_clause' ? body.named[0] : body;
  const isConstructor = node.type === 'constructor_declaration';
  const statements: Stmt[] = isBlock
    ? lowerCSharpBlock(body, file)
    : value
      ? [{ k: 'return', value: lowerCSharpExpression(value, file), line: value.line }]
      : [];
  const isLambda = node.type === 'lambda_expression' || node.type === 'anonymous_method_expression';
  return {
    file,
    name: isConstructor ? 'constructor' : isLambda ? '' : nameText(node.child('name')),
    params: lowerParams(node.child('parameters'), file),
    decorators: attributesOf(node, file),
    body: statements,
    modifiers: body || isLambda ? modifiers : [...modifiers, 'abstract'],
    line: node.child('name')?.line ?? node.line,
    endLine: node.endLine,
    ...(returns ? { returns: lowerCSharpType(returns) } : {}),
    ...(modifiers.includes('static') && !isLambda ? { isStatic: true } : {}),
  };
}

function lowerParams(node: SyntaxNode | undefined, file: string): Param[] {
  if (!node) return [];
  if (node.type === 'identifier' || node.type === 'implicit_parameter') {
    return [{ target: { k: 'name', name: node.text, line: node.line } }];
  }
  return node.named
    .filter(({ type }) => type === 'parameter')
    .map((param): Param => {
      const type = param.child('type');
      const name = param.child('name');
      const last = param.named[param.named.length - 1];
      const isDefault = last !== undefined && last !== name && last.field === '' && last.type !== 'modifier';
      const hasDefault = isDefault && last.type !== 'attribute_list' && last.start > (name?.start ?? 0);
      const decorators = attributesOf(param, file);
      return {
        target: { k: 'name', name: name?.text ?? '', line: param.line },
        ...(type ? { type: lowerCSharpType(type) } : {}),
        ...(hasDefault ? { default: lowerCSharpExpression(last, file) } : {}),
        ...(decorators.length > 0 ? { decorators } : {}),
      };
    });
}
