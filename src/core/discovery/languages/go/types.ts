import type { ClassIr, Expr, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';

const LISTS = new Set(['slice_type', 'array_type', 'implicit_length_array_type']);
const BASIC = /^(?:string|bool|byte|rune|error|any|u?int(?:8|16|32|64|ptr)?|float(?:32|64)|complex(?:64|128))$/;

/** True for a type whose literal holds items. */
export function isListType(node: SyntaxNode): boolean {
  return LISTS.has(node.type);
}

/** A type as an expression; pointers and type arguments are left out. Examples: `*chi.Mux` is `chi.Mux`. */
export function lowerGoType(node: SyntaxNode | undefined): Expr {
  const line = node?.line ?? 0;
  switch (node?.type) {
    case 'type_identifier':
    case 'identifier':
      return { k: 'name', name: node.text, line };
    case 'qualified_type': {
      const object: Expr = { k: 'name', name: node.child('package')?.text ?? '', line };
      return { k: 'member', object, name: node.child('name')?.text ?? '', line };
    }
    case 'generic_type':
      return lowerGoType(node.child('type'));
    case 'pointer_type':
    case 'parenthesized_type':
    case 'type_elem':
      return lowerGoType(node.named[0]);
    default:
      return { k: 'unknown', parts: [], line };
  }
}

/**
 * Lowers one `type` declaration.
 *
 * Examples: `type S struct { *chi.Mux; db *DB }` is a record that embeds `Mux`; `type Routes []Route` makes lists; `type F
 * func()` converts; `type R = chi.Router` is another name; a plain interface says nothing.
 */
export function lowerTypeSpec(node: SyntaxNode, file: string): Stmt[] {
  const { line, endLine } = node;
  const name = node.child('name')?.text ?? '';
  const type = node.child('type');
  if (!type) return [];
  const isOtherName = type.type === 'qualified_type' || node.type === 'type_alias';
  if (isOtherName && !BASIC.test(type.text)) {
    return [{ k: 'assign', declares: true, target: { k: 'name', name, line }, value: lowerGoType(type), line }];
  }
  const fields = type.type === 'struct_type' ? structFields(type) : interfaceFields(type);
  if (type.type === 'interface_type' && fields.length === 0) return [];
  const cls: ClassIr = {
    file,
    name,
    bases: [],
    decorators: [],
    body: fields.map(({ name: field, type: fieldType }) => fieldStatement(field, fieldType)),
    line,
    endLine,
    isRecord: true,
    isConversion: true,
    embeds: fields.filter(({ isEmbedded }) => isEmbedded).map((field) => field.name),
    ...(isListType(type) ? { items: lowerGoType(type.child('element')) } : {}),
  };
  return [{ k: 'class', cls, line }];
}

/** Names of the fields of a struct type, in order. */
export function fieldNames(type: SyntaxNode): readonly string[] {
  return structFields(type).map(({ name }) => name);
}

interface Field {
  readonly name: string;
  readonly type: SyntaxNode;
  readonly isEmbedded: boolean;
}

function structFields(node: SyntaxNode): Field[] {
  return (node.childOfType('field_declaration_list')?.named ?? []).flatMap((field): Field[] => {
    const type = field.child('type');
    if (!type) return [];
    const names = field.fieldChildren('name').map(({ text }) => text);
    if (names.length === 0) return [{ name: lastName(type), type, isEmbedded: true }];
    return names.map((name) => ({ name, type, isEmbedded: false }));
  });
}

/** What an interface embeds; its own methods say nothing of what stands behind it. */
function interfaceFields(node: SyntaxNode): Field[] {
  if (node.type !== 'interface_type') return [];
  return node.named.flatMap((element): Field[] => {
    const type = element.type === 'type_elem' && element.named.length === 1 ? element.named[0] : undefined;
    if (type?.type !== 'qualified_type') return [];
    return [{ name: lastName(type), type, isEmbedded: true }];
  });
}

function lastName(type: SyntaxNode): string {
  return /(\w+)(?:\[.*\])?$/s.exec(type.text)?.[1] ?? '';
}

function fieldStatement(name: string, type: SyntaxNode): Stmt {
  const { line } = type;
  const value: Expr = { k: 'unknown', parts: [], line };
  return { k: 'assign', declares: true, target: { k: 'name', name, line }, value, type: lowerGoType(type), line };
}
