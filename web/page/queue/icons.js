/** Line drawings of 16 units, in the colour of the text. @module */

const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  waiting: 'M8 4.5V8l2.25 1.75M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  working: 'M8 2a6 6 0 1 1-6 6',
  done: 'M3 8.5l3.5 3.5L13 4.5',
  saved: 'M8 2.5v7M5 7l3 3 3-3M2.5 10.5v3h11v-3',
  failed: 'M8 4.5v4.25M8 11v.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  cancelled: 'M4.5 8h7M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  doubtful: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z'
    + 'M9.75 8a1.75 1.75 0 1 1-3.5 0 1.75 1.75 0 0 1 3.5 0z',
  retry: 'M12.5 5.5A5.25 5.25 0 1 0 13.25 8M12.75 2.5v3.25H9.5',
  remove: 'M4 4l8 8M12 4l-8 8',
};

/** @typedef {keyof typeof PATHS} Icon */

/** @param {Icon} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = {
    class: 'icon', viewBox: '0 0 16 16', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5',
    'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true',
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = svg.appendChild(document.createElementNS(SVG, 'path'));
  path.setAttribute('d', PATHS[name]);
  return svg;
}

/** Another drawing in the same place. @param {SVGSVGElement} svg @param {Icon} name */
export function redraw(svg, name) {
  if (svg.dataset.icon === name) return;
  svg.dataset.icon = name;
  svg.firstElementChild?.setAttribute('d', PATHS[name]);
}
