/** What is wrong with how a page is laid out: what sticks out, is cut off, or lies over something else. @module */

/** @import { Page } from 'playwright-core' */

/** What may be shortened: names that come from outside, of any length, and reasons in rows that open to tell all. */
const SHORTENED = '#file-name, .queue-name, .queue-state';

/**
 * Every text that can be seen, and where it can't be seen whole.
 *
 * @param {Page} page
 * @returns {Promise<string[]>} in words, none where all is well
 */
export function layoutFaults(page) {
  return page.evaluate((shortened) => {
    const SLACK = 1.5; // px: glyphs may lean out of their boxes
    /** @type {string[]} */
    const faults = [];
    const root = document.querySelector('dialog[open]') ?? document.body;
    const sideways = document.documentElement.scrollWidth - innerWidth;
    if (sideways > 0) faults.push(`the page is ${sideways} px too wide`);

    /** @type {{ rect: DOMRect, name: string }[]} */
    const pieces = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = (node.textContent ?? '').trim();
      if (text === '' || !element || element.closest('option, noscript, script, style')) continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || isForEarsOnly(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const name = `${place(element)} “${text.slice(0, 40)}”`;
      const seen = [...range.getClientRects()].map((rect) => look(rect, element, name)).filter((rect) => rect !== null);
      pieces.push(...seen.map((rect) => ({ rect, name })));
    }
    for (const [index, one] of pieces.entries()) {
      for (const other of pieces.slice(index + 1)) {
        if (other.name === one.name) continue;
        const width = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const height = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
        if (width > 3 && height > 5) faults.push(`${one.name} and ${other.name} lie over each other`);
      }
    }
    for (const select of root.querySelectorAll('select')) {
      if (!select.checkVisibility({ visibilityProperty: true })) continue;
      const missing = widthOf(select) - select.clientWidth;
      if (missing > 0) faults.push(`${place(select)} “${select.selectedOptions[0]?.text}” lacks ${Math.ceil(missing)} px`);
    }
    return [...new Set(faults)];

    /**
     * Follow a line of text up through everything that could cut it off.
     *
     * @param {DOMRect} rect
     * @param {Element} element
     * @param {string} name
     * @returns {DOMRect | null} what is in sight of it
     */
    function look(rect, element, name) {
      for (let box = /** @type {Element | null} */ (element); box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.display === 'contents' || style.display === 'inline') continue;
        const edge = box.getBoundingClientRect();
        const out = Math.max(edge.left - rect.left, rect.right - edge.right);
        const over = Math.max(edge.top - rect.top, rect.bottom - edge.bottom);
        const [cutsX, cutsY] = [style.overflowX !== 'visible', style.overflowY !== 'visible'];
        const scrollsY = style.overflowY === 'auto' || style.overflowY === 'scroll';
        if (scrollsY && (rect.bottom <= edge.top + SLACK || rect.top >= edge.bottom - SLACK)) return null; // scrolled away
        if (element.closest(shortened)) continue;
        if (out > SLACK && (cutsX || box.matches('button, label, legend'))) {
          faults.push(`${name} sticks out of ${place(box)} by ${Math.round(out)} px sideways`);
        }
        if (over > SLACK + 2 && !scrollsY && (cutsY || box.matches('button, label'))) {
          faults.push(`${name} sticks out of ${place(box)} by ${Math.round(over)} px above or below`);
        }
      }
      if (rect.left < -SLACK || rect.right > innerWidth + SLACK) faults.push(`${name} sticks out of the page`);
      return rect;
    }

    /** @param {Element} element */
    function isForEarsOnly(element) {
      for (let box = /** @type {Element | null} */ (element); box; box = box.parentElement) {
        if (getComputedStyle(box).clipPath === 'inset(50%)') return true;
      }
      return false;
    }

    /** @param {Element} element */
    function place(element) {
      return element.id ? `#${element.id}` : `${element.localName} in #${element.closest('[id]')?.id ?? ''}`;
    }

    /** What a list needs for the choice that it shows: its text, paddings and arrow. @param {HTMLSelectElement} select */
    function widthOf(select) {
      const style = getComputedStyle(select);
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      if (!context) return 0;
      context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const text = context.measureText(select.selectedOptions[0]?.text ?? '').width;
      return text + parseFloat(style.paddingInlineStart) + parseFloat(style.paddingInlineEnd) + 18;
    }
  }, SHORTENED);
}
