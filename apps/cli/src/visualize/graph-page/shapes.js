/** Kinds differ by their form too, for who does not see the colours apart. */
const CORNERS = [4, 0, -4, 3, 6];

/** Adds the outline of a page of a kind to the path of the pen. */
export function outline(pen, kind, [x, y, r]) {
  const corners = CORNERS[kind] ?? 0;
  if (corners === 0) {
    pen.moveTo(x + r, y);
    pen.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  const count = Math.abs(corners);
  // a square stands on a side, a diamond on a corner
  const turn = corners === 4 ? Math.PI / 4 : -Math.PI / 2;
  for (let k = 0; k < count; k += 1) {
    const angle = turn + (k * 2 * Math.PI) / count;
    const [px, py] = [x + 1.18 * r * Math.cos(angle), y + 1.18 * r * Math.sin(angle)];
    if (k === 0) pen.moveTo(px, py);
    else pen.lineTo(px, py);
  }
  pen.closePath();
}
