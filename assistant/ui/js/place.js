/** Puts a floating box beside what it belongs to, inside the window. */

const GAP = 8;

/**
 * @param {HTMLElement} box fixed and shown, so that it has a size
 * @param {Element} anchor
 */
export function placeBeside(box, anchor) {
  const there = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const isRightToLeft = getComputedStyle(box).direction === "rtl";
  const left = isRightToLeft ? there.right - width : there.left;
  const above = there.top - GAP - height;
  const below = there.bottom + GAP;
  const fitsBelow = below + height <= innerHeight - GAP;
  box.style.left = `${within(left, GAP, innerWidth - width - GAP)}px`;
  box.style.top = `${fitsBelow || above < GAP ? within(below, GAP, innerHeight - height - GAP) : above}px`;
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most where it is below `least`, a box larger than the window starts at its edge
 */
function within(value, least, most) {
  return Math.max(least, Math.min(value, most));
}
