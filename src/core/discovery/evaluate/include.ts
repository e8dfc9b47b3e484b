import type { FunctionIr } from '../ir';
import { HOLE, type Place } from '../graph';
import { callFunction } from './calls';
import { evaluate } from './expressions';
import type { Machine } from './machine';
import { loadModule } from './modules';
import { unknown, type Frame, type Value } from './values';

const INCLUDE_DEPTH = 10;

/** `require $path`: runs the file with the names of the scope that it stands in. What it returns is the value. */
export function includePath(machine: Machine, path: string, place: Place, frame: Frame): Value {
  const file = fileOf(machine, path, place.file);
  return file === undefined ? unknown('a required file') : includeFile(machine, file, null, place, frame);
}

/** Runs the statements of a file as a part of what is going on. */
export function includeFile(
  machine: Machine,
  file: string,
  self: Value | null,
  place: Place,
  outer: Frame | null,
): Value {
  const { including } = machine;
  const state = including.includes(file) || including.length > INCLUDE_DEPTH ? null : loadModule(machine, file);
  const ir = state && machine.program.ir(file);
  if (!state || !ir || file === place.file) return unknown(file);
  machine.imports.push([place.file, file]);
  machine.included.add(file);
  const frame: Frame = { vars: new Map(), parent: outer, file, returns: null };
  for (const [name, value] of state.language.moduleScope(file)) frame.vars.set(name, evaluate(machine, value, frame));
  const fn: FunctionIr = {
    file,
    name: '',
    params: [],
    decorators: [],
    body: ir.body,
    line: 1,
    endLine: 1,
    isEntry: true,
  };
  const isOutermost = including.length === 0;
  if (isOutermost) including.push(place.file);
  including.push(file);
  try {
    return callFunction(
      machine,
      { t: 'func', fn, frame, ...(self ? { self } : {}) },
      { args: [], place, isNew: false },
    );
  } finally {
    including.length -= isOutermost ? 2 : 1;
  }
}

/** Paths begin at the workspace folder. Of a path whose beginning is not known the end must name one file alone. */
function fileOf(machine: Machine, path: string, fromFile: string): string | undefined {
  const { files } = machine.program;
  const known = path.slice(path.lastIndexOf(HOLE) + 1);
  const folder = fromFile.slice(0, fromFile.lastIndexOf('/') + 1);
  for (const one of path.includes(HOLE) ? [] : [normalised(known), normalised(folder + known)]) {
    if (files.has(one)) return one;
  }
  const ending = normalised(known);
  if (ending === '') return undefined;
  const found = [...files.names()].filter((file) => file === ending || file.endsWith(`/${ending}`));
  return found.length === 1 ? found[0] : undefined;
}

function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
