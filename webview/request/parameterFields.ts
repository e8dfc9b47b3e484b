import { exampleFeed } from '../../src/core/request/exampleFeed';
import type { Parameter } from '../../src/core/model/endpoint';
import { el } from '../components/dom';
import { choices, faulted, labelled, textBox, type FieldFault } from './field';

/** The parameters that the code names, one field each. */
export interface ParameterFields {
  readonly element: HTMLElement;
  readonly parameters: readonly Parameter[];
  /** What was typed, by name; a query parameter without a text is not sent and not there. */
  read(): ReadonlyMap<string, string>;
  write(values: ReadonlyMap<string, string>): void;
  setFaults(faultOf: (parameter: Parameter) => FieldFault | null): void;
}

/** `place` tells apart parameters of one name in path and query. */
export function createParameterFields(
  place: 'path' | 'query',
  path: string,
  all: readonly Parameter[],
  onChange: () => void,
): ParameterFields {
  const parameters = all.filter((each) => each.in === place);
  const fields = parameters.map((parameter) => {
    const { name, required, enumValues } = parameter;
    const id = `request-${place}-${name.replace(/\W/g, '-')}`;
    const isOptional = place === 'query' && !required;
    const box = textBox({
      placeholder: isOptional ? 'not sent' : place === 'path' ? exampleFeed({ path }, name) : '',
      ...(isOptional || parameter.catchAll ? {} : { 'aria-required': 'true' }),
      ...(enumValues ? { list: `${id}-values` } : {}),
    });
    box.addEventListener('input', onChange);
    const field = faulted(box, id);
    const element = labelled(name, hintOf(parameter), field);
    if (enumValues) element.append(choices(`${id}-values`, enumValues));
    return { parameter, field, element };
  });
  return {
    element: el('div', { class: 'fields' }, ...fields.map(({ element }) => element)),
    parameters,
    read: () =>
      new Map(
        fields
          .map(({ parameter, field }) => [parameter.name, field.input.value] as const)
          .filter(([, value]) => place === 'path' || value !== ''),
      ),
    write: (values) => {
      for (const { parameter, field } of fields) field.input.value = values.get(parameter.name) ?? '';
    },
    setFaults: (faultOf) => {
      for (const { parameter, field } of fields) field.setFault(faultOf(parameter));
    },
  };
}

/** Example: `integer, required` */
function hintOf({ type, pattern, enumValues, required, catchAll, default: fallback, in: place }: Parameter): string {
  const kind = enumValues ? 'one of a few' : type === 'unknown' ? '' : type === 'regex' ? (pattern ?? '') : type;
  const must = required || (place === 'path' && !catchAll) ? 'required' : 'optional';
  const without = fallback === undefined || fallback === '' ? '' : `${fallback} without it`;
  return [kind, must, place === 'query' ? without : ''].filter((part) => part !== '').join(', ');
}
