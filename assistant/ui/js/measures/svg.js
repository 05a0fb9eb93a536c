/** SVG built node by node, and the fills that tell statuses apart without colour. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string|number|null|undefined>} [attributes] null and undefined are left out
 * @param {...(Node|string|null)} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/**
 * @param {number} value
 * @returns {string} "63.2%"
 */
export function percent(value) {
  return `${Number(value.toFixed(3))}%`;
}

/** Adds the patterns that bars refer to, once a page. */
export function addPatterns() {
  const hatch = svg(
    "pattern",
    { id: "fill-suspended", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { class: "hatch-ground", width: 6, height: 6 }),
    svg("rect", { class: "hatch-stripe", width: 2.6, height: 6 }),
  );
  const dots = svg(
    "pattern",
    { id: "fill-unknown", width: 5, height: 5, patternUnits: "userSpaceOnUse" },
    svg("rect", { class: "dots-ground", width: 5, height: 5 }),
    svg("circle", { class: "dots-dot", cx: 2.5, cy: 2.5, r: 1.1 }),
  );
  document.body.append(
    svg("svg", { class: "patterns", width: 0, height: 0, "aria-hidden": "true" }, svg("defs", {}, hatch, dots)),
  );
}
