import { dict, settle, str, type ClassValue, type Value } from '../../evaluate/values';
import type { ModelHost } from '../model';

/**
 * What `Model._meta` says of a model: `app_label` from its `Meta`, from the configuration of its application or from the folder
 * that this lies in, and `model_name`.
 *
 * Examples: `class RackType(models.Model)` in `plant/models/racks.py` is `plant` and `racktype`.
 */
export function modelMeta(cls: ClassValue, host: ModelHost): Value {
  const meta = settle(host.lookup(cls, 'Meta') ?? str(''));
  const named = meta.t === 'class' ? settle(host.lookup(meta, 'app_label') ?? dict()) : dict();
  const label = named.t === 'str' ? named : str(appLabel(cls.cls.file, host));
  return dict([
    ['app_label', label],
    ['model_name', str(cls.cls.name.toLowerCase())],
    ['object_name', str(cls.cls.name)],
    ['label_lower', str(`${label.text}.${cls.cls.name.toLowerCase()}`)],
  ]);
}

function appLabel(file: string, host: ModelHost): string {
  const folders = file.split('/').slice(0, -1);
  for (let depth = folders.length; depth > 0; depth--) {
    const config = host.text([...folders.slice(0, depth), 'apps.py'].join('/'));
    if (config === undefined) continue;
    const found =
      /^\s+label\s*=\s*['"](\w+)['"]/m.exec(config) ?? /^\s+name\s*=\s*['"](?:[\w.]*\.)?(\w+)['"]/m.exec(config);
    return found?.[1] ?? folders[depth - 1] ?? '';
  }
  const models = folders.lastIndexOf('models');
  return folders[(models > 0 ? models : folders.length) - 1] ?? '';
}
