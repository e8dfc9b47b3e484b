/** Longest text of a server that goes into a sentence. */
const MOST_CHARS = 200;
const KEYS = [
  'detail',
  'message',
  'error',
  'description',
  'title',
  'errors',
  'error_description',
  'msg',
  'reason',
] as const;

/**
 * What a server itself says is wrong, in one line: from the usual fields of a JSON answer, with the field that each complaint is
 * about, or the text of a plain error page. Null when it says nothing.
 *
 * Examples:
 *   `{"detail":[{"loc":["body","name"],"msg":"Field required"}]}` (FastAPI) → `body.name: Field required`
 *   `{"name":["This field is required."]}` (Django REST) → `name: This field is required.`
 *   `<pre>Cannot POST /x</pre>` (Express) → `Cannot POST /x`
 */
export function serverMessage(bodyText: string): string | null {
  let body: unknown;
  try {
    body = JSON.parse(bodyText);
  } catch {
    return pageMessage(bodyText);
  }
  const said = messageOf(body);
  return said === '' ? null : clipLine(said);
}

/** A text on one line, cut where it gets long. */
export function clipLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS - 1)}…` : line;
}

function messageOf(body: unknown): string {
  if (typeof body === 'string') return body;
  if (Array.isArray(body)) return complaints(body);
  if (typeof body !== 'object' || body === null) return '';
  const fields = body as Readonly<Record<string, unknown>>;
  // The list says more than the title that stands beside it.
  const listed = fields['errors'];
  if (typeof listed === 'object' && listed !== null) {
    const text = complaints(listed);
    if (text !== '') return text;
  }
  for (const key of KEYS) {
    const found = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (typeof found === 'string' && found !== '') return found;
    if (typeof found === 'object' && found !== null) return complaints(found);
  }
  const areFields = Object.values(fields).every(
    (each) => Array.isArray(each) && each.every((text) => typeof text === 'string'),
  );
  return areFields ? complaints(fields) : '';
}

/** A list of complaints, or complaints by field. */
function complaints(found: object): string {
  if (Array.isArray(found))
    return found
      .slice(0, 5)
      .map(complaint)
      .filter((each) => each !== '')
      .join('; ');
  const entries = Object.entries(found).slice(0, 5);
  const isComplaint = entries.some(([key]) => key === 'msg' || key === 'message');
  if (isComplaint) return complaint(found);
  return entries
    .map(
      ([field, text]) =>
        `${field}: ${[text]
          .flat()
          .map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
          .join(' ')}`,
    )
    .join('; ');
}

function complaint(each: unknown): string {
  if (typeof each === 'string') return each;
  if (typeof each !== 'object' || each === null) return '';
  const { msg, message, defaultMessage, loc, field, path, param } = each as Readonly<Record<string, unknown>>;
  const text = [msg, message, defaultMessage].find((one) => typeof one === 'string');
  if (typeof text !== 'string') return JSON.stringify(each);
  const place = [loc, field, path, param].find((one) => typeof one === 'string' || Array.isArray(one));
  const where = Array.isArray(place) ? place.join('.') : typeof place === 'string' ? place : '';
  return where === '' ? text : `${where}: ${text}`;
}

/** Error pages of frameworks have one sentence; what is left of a page without its tags would be no help. */
function pageMessage(text: string): string | null {
  if (!/<[a-z!]/i.test(text)) return text.trim() === '' || text.length > 2000 ? null : clipLine(text);
  const found =
    /<pre>([^<]{1,500})</i.exec(text) ??
    /<p>([^<]{1,500})<\/p>/i.exec(text) ??
    /<h1>([^<]{1,300})<\/h1>/i.exec(text) ??
    /<title>([^<]{1,300})<\/title>/i.exec(text);
  const [, inside = ''] = found ?? [];
  const plain = inside
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x?27;|&#39;/g, "'")
    .replace(/&amp;/g, '&');
  return plain.trim() === '' ? null : clipLine(plain);
}
