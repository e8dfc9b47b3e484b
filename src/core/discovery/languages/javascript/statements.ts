import type { Expr, ImportBinding, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { decoratorsOf, lowerClass } from './classes';
import { lowerExpression, lowerFunction, namedFunction } from './expressions';

/**
 * Lowers the statements of a program or block. Imports and function declarations come first, as the language hoists them.
 *
 * Examples: `export default router` is an `export` named `default`; `const { Router } = require('express')` an `assign`
 * with a dict target; `switch` a branch.
 */
export function lowerBody(node: SyntaxNode, file: string): Stmt[] {
  const children = node.named;
  const hoisted = children.filter(isHoisted);
  const rest = children.filter((child) => !isHoisted(child));
  return [...hoisted, ...rest].flatMap((child) => lowerStatement(child, file));
}

function isHoisted(node: SyntaxNode): boolean {
  if (node.type === 'import_statement') return true;
  const declared = node.type === 'export_statement' ? node.child('declaration') : node;
  return declared?.type === 'function_declaration' || declared?.type === 'generator_function_declaration';
}

function lowerStatement(node: SyntaxNode, file: string): Stmt[] {
  const { line } = node;
  const lower = (inner: SyntaxNode | undefined): Expr => lowerExpression(inner, file);
  const block = (inner: SyntaxNode | undefined): Stmt[] => {
    if (!inner) return [];
    return inner.type === 'statement_block' ? lowerBody(inner, file) : lowerStatement(inner, file);
  };
  switch (node.type) {
    case 'expression_statement':
      return node.named.flatMap((child): Stmt[] => {
        if (child.type === 'internal_module') return block(child.child('body'));
        if (child.type === 'assignment_expression') {
          const target = lower(child.child('left'));
          const name = target.k === 'member' && target.name !== 'exports' ? target.name : '';
          const value = namedFunction(lower(child.child('right')), name);
          return [{ k: 'assign', declares: false, target, value, line }];
        }
        return [{ k: 'expr', value: lower(child), line }];
      });
    case 'lexical_declaration':
    case 'variable_declaration':
      return node.named.flatMap((child) => lowerDeclarator(child, file));
    case 'function_declaration':
    case 'generator_function_declaration':
      return [{ k: 'function', fn: lowerFunction(node, file), line }];
    case 'class_declaration':
    case 'abstract_class_declaration':
      return [{ k: 'class', cls: lowerClass(node, file, []), line }];
    case 'enum_declaration':
      return [lowerEnum(node, file)];
    case 'import_statement':
      return lowerImport(node);
    case 'export_statement':
      return lowerExport(node, file);
    case 'return_statement':
      return [{ k: 'return', value: node.named[0] ? lower(node.named[0]) : null, line }];
    case 'if_statement': {
      const otherwise = node.child('alternative');
      const branches = [block(node.child('consequence')), block(otherwise?.named[0])];
      return [{ k: 'branch', test: lower(node.child('condition')), branches, line }];
    }
    case 'for_in_statement': {
      const overKeys = node.child('operator')?.type === 'in';
      const body = block(node.child('body'));
      return [
        { k: 'for', target: lower(node.child('left')), iterable: lower(node.child('right')), overKeys, body, line },
      ];
    }
    case 'for_statement':
      return [...block(node.child('initializer')), { k: 'branch', branches: [block(node.child('body')), []], line }];
    case 'while_statement':
    case 'do_statement':
      return [{ k: 'branch', branches: [block(node.child('body')), []], line }];
    case 'try_statement': {
      const branches = [block(node.child('body')), block(node.child('handler')?.child('body'))];
      return [{ k: 'branch', branches, line }, ...block(node.child('finalizer')?.child('body'))];
    }
    case 'switch_statement': {
      const cases = node.child('body')?.named ?? [];
      const bodies = cases.map((one) => one.fieldChildren('body').flatMap((child) => block(child)));
      const tests = cases.map((one) => (one.type === 'switch_case' ? lower(one.child('value')) : null));
      return [{ k: 'branch', test: lower(node.child('value')), branches: [...bodies, []], cases: tests, line }];
    }
    case 'labeled_statement':
      return block(node.child('body'));
    case 'statement_block':
    case 'internal_module':
    case 'module':
    case 'ERROR':
      return node.child('body') ? block(node.child('body')) : lowerBody(node, file);
    case 'ambient_declaration':
    case 'interface_declaration':
    case 'type_alias_declaration':
    case 'comment':
      return [];
    default:
      return node.named.length > 0 ? [{ k: 'expr', value: lower(node), line }] : [];
  }
}

function lowerDeclarator(node: SyntaxNode, file: string): Stmt[] {
  const name = node.child('name');
  const value = node.child('value');
  const type = node.child('type');
  if (node.type !== 'variable_declarator' || !name) return [];
  const source = namedFunction(lowerExpression(value, file), name.type === 'identifier' ? name.text : '');
  const target = lowerExpression(name, file);
  return [
    {
      k: 'assign',
      declares: true,
      target,
      value: source,
      line: node.line,
      ...(type ? { type: lowerExpression(type, file) } : {}),
    },
  ];
}

function lowerEnum(node: SyntaxNode, file: string): Stmt {
  const { line } = node;
  let next = 0;
  const entries = (node.child('body')?.named ?? []).map((member) => {
    const name = (member.child('name') ?? member).text;
    const given = member.child('value');
    const value: Expr = given ? lowerExpression(given, file) : { k: 'const', value: next, line: member.line };
    next = value.k === 'const' && typeof value.value === 'number' ? value.value + 1 : next + 1;
    return { key: { k: 'const', value: name, line: member.line } as const, value };
  });
  const target: Expr = { k: 'name', name: node.child('name')?.text ?? '', line };
  return { k: 'assign', declares: true, target, value: { k: 'dict', entries, line }, line };
}

function sourceOf(node: SyntaxNode): string | undefined {
  const source = node.child('source');
  return source?.named.map((piece) => piece.text).join('');
}

function lowerImport(node: SyntaxNode): Stmt[] {
  const { line } = node;
  const required = node.childOfType('import_require_clause');
  const source = sourceOf(required ?? node) ?? '';
  if (required) {
    return [{ k: 'import', source, bindings: [{ name: null, local: required.named[0]?.text ?? '' }], line }];
  }
  const bindings: ImportBinding[] = [];
  for (const part of node.childOfType('import_clause')?.named ?? []) {
    if (part.type === 'identifier') bindings.push({ name: 'default', local: part.text });
    else if (part.type === 'namespace_import') bindings.push({ name: null, local: part.named[0]?.text ?? '' });
    else bindings.push(...part.named.map(specifier));
  }
  return [{ k: 'import', source, bindings, line }];
}

function specifier(node: SyntaxNode): ImportBinding {
  const name = (node.child('name')?.text ?? '').replaceAll(/["']/g, '');
  return { name, local: node.child('alias')?.text ?? name };
}

function lowerExport(node: SyntaxNode, file: string): Stmt[] {
  const { line } = node;
  const source = sourceOf(node);
  const clause = node.childOfType('export_clause');
  if (source !== undefined) {
    const namespace = node.childOfType('namespace_export');
    if (namespace) {
      return [{ k: 'exportFrom', source, bindings: [{ name: null, local: namespace.named[0]?.text ?? '' }], line }];
    }
    const bindings = clause ? clause.named.map(specifier) : [{ name: '*', local: '' }];
    return [{ k: 'exportFrom', source, bindings, line }];
  }
  if (clause) {
    return clause.named.map(specifier).map(({ name, local }): Stmt => {
      return { k: 'export', name: local, value: { k: 'name', name: name ?? '', line }, line };
    });
  }
  const declaration = node.child('declaration');
  const isDefault = node.hasToken('default');
  const value = node.child('value') ?? (node.hasToken('=') ? node.named[0] : undefined);
  if (value) {
    return [{ k: 'export', name: isDefault ? 'default' : '=', value: lowerExpression(value, file), line }];
  }
  if (!declaration) return [];
  const isClass = declaration.type.endsWith('class_declaration');
  const statements: Stmt[] = isClass
    ? [{ k: 'class', cls: lowerClass(declaration, file, decoratorsOf(node, file)), line }]
    : lowerStatement(declaration, file);
  const exported = statements.flatMap(declaredNames).map((name): Stmt => {
    return { k: 'export', name: isDefault ? 'default' : name, value: { k: 'name', name, line }, line };
  });
  if (!isDefault || exported.length > 0) return [...statements, ...exported];
  return [{ k: 'export', name: 'default', value: lowerExpression(declaration, file), line }];
}

function declaredNames(statement: Stmt): string[] {
  if (statement.k === 'function') return statement.fn.name === '' ? [] : [statement.fn.name];
  if (statement.k === 'class') return statement.cls.name === '' ? [] : [statement.cls.name];
  return statement.k === 'assign' ? patternNames(statement.target) : [];
}

function patternNames(target: Expr): string[] {
  if (target.k === 'name') return [target.name];
  if (target.k === 'list') return target.items.flatMap(patternNames);
  if (target.k === 'dict') return target.entries.flatMap(({ value }) => patternNames(value));
  if (target.k === 'assign') return patternNames(target.target);
  return target.k === 'spread' ? patternNames(target.value) : [];
}
