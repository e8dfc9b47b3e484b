/** Shown where there is no number to show. */
export const NO_VALUE = '—';

const MINUS = '−';

/**
 * Milliseconds as a person reads them; three significant digits at most, microseconds below one millisecond.
 * Examples: 0.85 → "850 µs", 1.94 → "1.9 ms", 131.4 → "131 ms", 1234 → "1.2 s".
 */
export function formatLatency(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  const size = Math.abs(ms);
  const sign = ms < 0 ? MINUS : '';
  if (size === 0) return '0 ms';
  if (size < 0.9995) return `${sign}${Math.round(size * 1000)} µs`;
  if (size < 99.95) return `${sign}${size.toFixed(1)} ms`;
  if (size < 999.5) return `${sign}${size.toFixed(0)} ms`;
  return size < 99_950 ? `${sign}${(size / 1000).toFixed(1)} s` : `${sign}${formatCount(size / 1000)} s`;
}

/**
 * A rate in the few characters that a lens has room for, with its unit.
 * Examples: 8234 → "8.2k req/s", 842.4 → "842 req/s", 3.25 → "3.3 req/s", 1250000 → "1.3M req/s".
 */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return NO_VALUE;
  const [scaled, suffix] =
    perSecond >= 999_500 ? [perSecond / 1e6, 'M'] : perSecond >= 999.5 ? [perSecond / 1000, 'k'] : [perSecond, ''];
  const digits = scaled < 9.95 || (suffix !== '' && scaled < 99.95) ? 1 : 0;
  return `${scaled === 0 ? '0' : scaled.toFixed(digits)}${suffix} req/s`;
}

/**
 * A number with thousands separators, without a unit; one decimal below ten when it has a fraction.
 * Examples: 1842.3 → "1,842", 3.25 → "3.3", 0.04 → "0.04", 44208 → "44,208".
 */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 9.95 ? 0 : size < 0.095 ? 2 : 1;
  const text = size.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return value < 0 ? `${MINUS}${text}` : text;
}

/** Bytes in decimal units, as network tools count them. Examples: 812 → "812 B", 1234567 → "1.2 MB". */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NO_VALUE;
  const sign = bytes < 0 ? MINUS : '';
  let size = Math.abs(bytes);
  if (size < 999.5) return `${sign}${Math.round(size)} B`;
  for (const unit of ['kB', 'MB', 'GB']) {
    size /= 1000;
    if (size < 999.5) return `${sign}${size.toFixed(size < 99.95 ? 1 : 0)} ${unit}`;
  }
  return `${sign}${(size / 1000).toFixed(1)} TB`;
}

/**
 * A relative change (0.12 is 12 % more) with its sign; null, where there is nothing to divide by, gives a dash.
 * Examples: 0.12 → "+12.0 %", -0.113 → "−11.3 %", 0.0002 → "0.0 %", 14.2 → "+1,420 %".
 */
export function formatPercentChange(change: number | null): string {
  if (change === null || !Number.isFinite(change)) return NO_VALUE;
  const percent = Math.abs(change) * 100;
  if (percent < 0.05) return '0.0 %';
  const text = percent < 999.95 ? percent.toFixed(1) : formatCount(percent);
  return `${change < 0 ? MINUS : '+'}${text} %`;
}

/** A share of a whole (0 to 1); what is there but rounds to nothing says so. Examples: 0.98 → "98 %", 0.0004 → "<0.1 %". */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return NO_VALUE;
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent === 100) return '100 %';
  if (percent < 0.1) return '<0.1 %';
  if (percent > 99.9) return '>99.9 %';
  return `${percent < 9.95 || percent >= 99 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** A span of time. Examples: 450 → "450 ms", 3200 → "3.2 s", 10000 → "10 s", 65000 → "1 min 5 s", 7380000 → "2 h 3 min". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  if (ms < 0) return `${MINUS}${formatDuration(-ms)}`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1).replace('.0', '')} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
