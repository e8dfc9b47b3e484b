/** A share or change as a person writes it, with one digit below 10 unless it is zero: `2.1 %`, `3 %`, `12 %`; 0.02 is 2 %. */
export function percentText(share: number): string {
  const percent = share * 100;
  const size = Math.abs(percent);
  if (size > 0 && size < 0.1) return `${percent < 0 ? '−' : ''}<0.1 %`;
  const digits = size >= 9.95 ? 0 : 1;
  return `${percent.toFixed(digits).replace('.0', '').replace('-', '−')} %`;
}

/** A change with its sign: `+3.2 %`, `−0.4 %`, `0 %`. */
export function signedPercentText(change: number): string {
  const text = percentText(change);
  return change > 0 ? `+${text}` : text;
}

/** A sentence's beginning with a capital letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
