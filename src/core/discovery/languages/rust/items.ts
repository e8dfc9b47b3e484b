import type { ClassIr, Expr, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import type { RustContext } from './context';
import { lowerExpression, lowerStatement } from './expressions';
import { lowerAttribute, lowerRustFunction } from './functions';
import { macroName, pathExpression, segmentsOf } from './paths';
import { lowerRustType } from './types';

/**
 * Lowers the items and statements of a file, a module or a block. Unit tests are left out.
 *
 * Examples: `use a::b as c` makes `c` the member `b` of `a`; `mod x;` makes `x` another file; `mod x { }` is a class without
 * instances; `impl S { fn f() {} }` extends `S`.
 */
export function lowerItems(nodes: readonly SyntaxNode[], outer: RustContext): Stmt[] {
  const named = nodes.filter(({ type }) => type === 'function_item').map((node) => node.child('name')?.text ?? '');
  const context = { ...outer, functions: new Set(named) };
  const statements: Stmt[] = [];
  let attributes: SyntaxNode[] = [];
  for (const node of nodes) {
    if (node.type === 'attribute_item') {
      attributes.push(node);
      continue;
    }
    const isTest = attributes.some(({ text }) => /^#\[(?:cfg\(test\)|(?:\w+::)*test\b)/.test(text));
    if (!isTest) statements.push(...lowerItem(node, attributes, context));
    attributes = [];
  }
  return statements;
}

function lowerItem(node: SyntaxNode, attributes: readonly SyntaxNode[], context: RustContext): Stmt[] {
  const { line } = node;
  const name = node.child('name')?.text ?? '';
  switch (node.type) {
    case 'use_declaration':
      return lowerUse(node.child('argument'), [], context);
    case 'extern_crate_declaration':
      // Its macros are seen everywhere.
      return [{ k: 'import', source: name, bindings: [{ name: '*', local: '' }], line }];
    case 'function_item':
      return [{ k: 'function', fn: lowerRustFunction(node, attributes, context), line }];
    case 'const_item':
    case 'static_item': {
      const value = lowerExpression(node.child('value'), context);
      return [{ k: 'assign', declares: true, target: { k: 'name', name, line }, value, line }];
    }
    case 'type_item': {
      const value = lowerRustType(node.child('type'), context);
      return [{ k: 'assign', declares: true, target: { k: 'name', name, line }, value, line }];
    }
    case 'struct_item':
      return [{ k: 'class', cls: lowerStructItem(node, context), line }];
    case 'impl_item': {
      const owner = segmentsOf(node.child('type')).at(-1) ?? '';
      const own = attributes.flatMap((attribute) => lowerAttribute(attribute, context));
      const body = lowerItems(node.child('body')?.named ?? [], context).map((one): Stmt => {
        // What stands above an `impl` is said of each of its functions.
        if (own.length === 0 || one.k !== 'function') return one;
        return { ...one, fn: { ...one.fn, decorators: [...own, ...one.fn.decorators] } };
      });
      return [{ k: 'extend', name: owner, body, line }];
    }
    case 'mod_item':
      return lowerModule(node, name, attributes, context);
    case 'enum_item':
    case 'trait_item':
    case 'union_item':
    case 'macro_definition':
    case 'foreign_mod_item':
    case 'inner_attribute_item':
      return [];
    case 'ERROR':
      return lowerItems(node.named, context);
    default:
      return lowerStatement(node, context);
  }
}

function lowerModule(node: SyntaxNode, name: string, attributes: readonly SyntaxNode[], context: RustContext): Stmt[] {
  const { line } = node;
  const body = node.child('body');
  const modules = [...context.modules, name];
  if (!body) {
    const given = attributes.map(({ text }) => /^#\[path\s*=\s*"([^"]+)"/.exec(text)?.[1]).find(Boolean);
    const source = given === undefined ? `mod:${modules.join('/')}` : `path:${given}`;
    return [{ k: 'import', source, bindings: [{ name: null, local: name }], line }];
  }
  const cls: ClassIr = {
    file: context.file,
    name,
    bases: [],
    decorators: [],
    body: lowerItems(body.named, { ...context, modules }),
    line,
    endLine: node.endLine,
    isNamespace: true,
  };
  return [{ k: 'class', cls, line }];
}

function lowerStructItem(node: SyntaxNode, context: RustContext): ClassIr {
  const { line, endLine } = node;
  const body = node.child('body');
  const isTuple = body?.type === 'ordered_field_declaration_list';
  const fields = isTuple ? body.fieldChildren('type') : (body?.named ?? []).filter((field) => field.child('name'));
  return {
    file: context.file,
    name: node.child('name')?.text ?? '',
    bases: [],
    decorators: [],
    body: fields.map((field, at): Stmt => {
      const target: Expr = { k: 'name', name: field.child('name')?.text ?? String(at), line: field.line };
      const value: Expr = { k: 'unknown', parts: [], line: field.line };
      const type = lowerRustType(isTuple ? field : field.child('type'), context);
      return { k: 'assign', declares: true, target, value, type, line: field.line };
    }),
    line,
    endLine,
    isRecord: true,
  };
}

/** Every name that a `use` binds. */
function lowerUse(node: SyntaxNode | undefined, before: readonly string[], context: RustContext): Stmt[] {
  if (!node) return [];
  const { line } = node;
  switch (node.type) {
    case 'scoped_use_list': {
      const path = [...before, ...segmentsOf(node.child('path'))];
      return (node.child('list')?.named ?? []).flatMap((item) => lowerUse(item, path, context));
    }
    case 'use_list':
      return node.named.flatMap((item) => lowerUse(item, before, context));
    case 'use_wildcard': {
      const path = [...before, ...segmentsOf(node.named[0])];
      if (path[0] === 'self') path.shift();
      // Within an inline module the names around it are seen anyway.
      if (path.length === 0 || (path.every((one) => one === 'super') && path.length <= context.modules.length))
        return [];
      return [{ k: 'import', source: path.join('::'), bindings: [{ name: '*', local: '' }], line }];
    }
    case 'use_as_clause': {
      const path = [...before, ...segmentsOf(node.child('path'))];
      return bound(node.child('alias')?.text ?? '_', path, line, context);
    }
    default: {
      const path = [...before, ...segmentsOf(node)];
      // `use a::b::{self}` binds `b`.
      if (path.length > 1 && path[path.length - 1] === 'self') path.pop();
      return bound(path[path.length - 1] ?? '_', path, line, context);
    }
  }
}

function bound(local: string, path: readonly string[], line: number, context: RustContext): Stmt[] {
  const rest = path[0] === 'self' ? path.slice(1) : path;
  if (local === '_' || (rest.length === 1 && rest[0] === local && !isCrate(rest[0]))) return [];
  const others = new Set([...context.declared].filter((name) => name !== local || rest[0] !== local));
  const value = pathExpression(rest, line, { ...context, declared: others });
  const bind = (name: string): Stmt => {
    return { k: 'assign', declares: true, target: { k: 'name', name, line }, value, line };
  };
  // `use actix_web::delete` beside `fn delete` is the macro of `#[delete]`.
  const macro = /^[a-z]+$/.test(local) && rest.length > 1 ? [bind(macroName(local))] : [];
  return context.functions.has(local) ? macro : [bind(local), ...macro];
}

function isCrate(name: string): boolean {
  return name === 'crate' || name === 'super';
}
